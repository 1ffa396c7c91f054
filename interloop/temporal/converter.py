"""Payloads are pydantic values; one that does not validate is refused, not retried for ever."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticPayloadConverter, pydantic_data_converter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    create_payload_validation_error,
)

from interloop.temporal.codec import SealingCodec

_SHARED = PydanticPayloadConverter()


class ValidatingConverter(PydanticPayloadConverter):
    """Turns a validation error into a workflow failure, with the places and no values.

    The SDK makes one for every run and twice for every workflow task; all share what they know of
    the types that they have seen.
    """

    def __init__(self) -> None:
        CompositePayloadConverter.__init__(self, *_SHARED.converters.values())

    def from_payloads(
        self, payloads: Sequence[Payload], type_hints: list[type] | None = None
    ) -> list[Any]:
        """Convert payloads; raises Temporal's payload validation error when one is not valid."""
        try:
            return super().from_payloads(payloads, type_hints)
        except ValidationError as wrong:
            where = [".".join(map(str, error["loc"])) for error in wrong.errors()]
            raise create_payload_validation_error(where) from None


def data_converter(codec: SealingCodec) -> DataConverter:
    """Return the converter of every client and worker: pydantic, sealed, failures too."""
    return dataclasses.replace(
        pydantic_data_converter,
        payload_converter_class=ValidatingConverter,
        payload_codec=codec,
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
