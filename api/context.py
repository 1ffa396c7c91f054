"""What every route reaches for: services, journeys, signer, limits; one bundle an application."""

from dataclasses import dataclass, field
from typing import Annotated

import httpx2
from fastapi import Depends, Request

from api.journeys import Journeys
from api.limits import Limits
from interloop.recording.coverage import Coverage
from interloop.security.tokens import Signer
from interloop.services import Services
from interloop.temporal.codec import SealingCodec


@dataclass(frozen=True)
class Context:
    """Built once at start, handed to routes."""

    services: Services
    journeys: Journeys
    signer: Signer
    limits: Limits
    codec: SealingCodec
    web: httpx2.AsyncClient
    """For the proxy before Temporal Web."""
    coverage: Coverage = field(default_factory=Coverage)


def context_of(request: Request) -> Context:
    """Return the bundle of the application that serves this request."""
    context: Context = request.app.state.context
    return context


Ctx = Annotated[Context, Depends(context_of)]
