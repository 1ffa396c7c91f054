"""Builds what routes reach for, from services; vendor-free, so that tests use it too."""

import httpx2

from api.context import Context
from api.journeys import Journeys
from api.limits import Limits
from interloop.db.signing import signing_keys
from interloop.security.tokens import Signer
from interloop.services import Services
from interloop.temporal.client import connect_lazily, make_codec
from interloop.tls import trusted


async def build_context(services: Services) -> Context:
    """Return the bundle; Temporal may be away, the database may not."""
    keys = await signing_keys(services.db, services.keys, services.clock, "tokens")
    client = await connect_lazily(services)
    return Context(
        services=services,
        journeys=Journeys(client, services),
        signer=Signer(keys),
        limits=Limits(services),
        codec=await make_codec(services),
        web=httpx2.AsyncClient(timeout=30.0, trust_env=False, verify=trusted()),
    )
