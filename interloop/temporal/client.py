"""Connects a process to Temporal with sealed payloads."""

from temporalio.client import Client
from temporalio.service import GrpcCompression

from interloop.db.payload_keys import PayloadKeys
from interloop.services import Services
from interloop.temporal.codec import KeyRing, SealingCodec
from interloop.temporal.converter import data_converter


async def make_codec(services: Services) -> SealingCodec:
    """Return the codec of this installation; the audited codec route of the API uses it too."""
    keys = PayloadKeys(services.keys, services.clock)
    return SealingCodec(KeyRing(await keys.load(), keys.load))


async def connect(services: Services) -> Client:
    """Return a connected client; raises `RuntimeError` while Temporal is away."""
    return await _connect(services, lazy=False)


async def connect_lazily(services: Services) -> Client:
    """Return a client that connects at its first call: an API starts without Temporal.

    Calls raise `temporalio.service.RPCError` while Temporal is away. Workers need `connect`.
    """
    return await _connect(services, lazy=True)


async def _connect(services: Services, *, lazy: bool) -> Client:
    settings = services.settings
    return await Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        data_converter=data_converter(await make_codec(services)),
        lazy=lazy,
        # Nearly all that is said is sealed, and what is sealed does not get smaller.
        grpc_compression=GrpcCompression.NONE,
    )
