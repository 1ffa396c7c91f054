"""Column types that SQLite and PostgreSQL keep alike."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import JSON, DateTime, Dialect, Enum
from sqlalchemy.types import TypeDecorator

V = TypeVar("V", bound=BaseModel)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant; SQLite drops zones, so UTC is attached again on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants; store UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware instant."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ValueColumn(TypeDecorator[V], Generic[V]):
    """A frozen pydantic value as a JSON column; replace it whole, never mutate it."""

    impl = JSON
    cache_ok = True

    def __init__(self, value_class: type[V]) -> None:
        super().__init__()
        self.value_class = value_class

    def process_bind_param(self, value: V | None, dialect: Dialect) -> Any:
        """Dump the value."""
        return None if value is None else value.model_dump(mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> V | None:
        """Read the value; a row that does not validate is an error, not a guess."""
        return None if value is None else TypeAdapter(self.value_class).validate_python(value)


def enum_column(kind: type[StrEnum]) -> Enum:
    """Return a checked text column for the enum (no native enum: both databases alike)."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=kind.__name__.lower(),
        values_callable=lambda members: [m.value for m in members],
    )
