"""The process: web server, the two Temporal workers, and an orderly end."""

import asyncio
import socket
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import structlog
import uvicorn
from temporalio.client import Client
from temporalio.worker import Worker

from interloop.domain.calls import GATEWAYS_QUEUE
from interloop.domain.ids import new_id
from interloop.integrations.live.port import LiveModel
from interloop.services import Services
from media_gateway.activities import GatewayActivities, Identity
from media_gateway.app import build_app
from media_gateway.calls import Calls
from media_gateway.slots import Slots
from media_gateway.voice.aiortc_private import offer_loopback

_GRACE = timedelta(seconds=3)
_DOORS, _DOORS_PER_SLOT = 32, 4
"""Sockets at once; a page has one, and for a moment its successor's too."""
_THROTTLE = timedelta(milliseconds=500)
_log = structlog.get_logger(__name__)


class Gateway:
    """One gateway process."""

    def __init__(self, services: Services, model: LiveModel) -> None:
        self._services = services
        settings = services.settings
        if settings.on_loopback:
            offer_loopback()
        self._slots = Slots(settings.gateway_slots)
        self.calls = Calls(services, model)
        self._socket = socket.create_server((settings.gateway_host, settings.gateway_port))
        port = self._socket.getsockname()[1]
        gateway_id: UUID = new_id()
        self.identity = Identity(
            id=gateway_id,
            queue=f"gw-{gateway_id}",
            address=f"http://{settings.gateway_host}:{port}",
        )
        self._activities = GatewayActivities(self.calls, self._slots, self.identity)

    async def run(self, client: Client, stop: asyncio.Event) -> None:
        """Serve until `stop`; then hand every interview over and return."""
        server = uvicorn.Server(
            uvicorn.Config(
                build_app(self.calls),
                log_config=None,
                access_log=False,
                server_header=False,
                ws_max_size=128 * 1024,
                ws_max_queue=32,
                # Sound and pictures are as small as they get.
                ws_per_message_deflate=False,
                limit_concurrency=_DOORS + _DOORS_PER_SLOT * self._services.settings.gateway_slots,
                timeout_graceful_shutdown=1,
            )
        )
        # Signals are ours: uvicorn would end before the interviews are handed over.
        serving = asyncio.create_task(server._serve(sockets=[self._socket]))  # noqa: SLF001
        claims = asyncio.create_task(self._claim_while_free(client))
        _log.info("gateway_ready", gateway_id=str(self.identity.id), address=self.identity.address)
        interviews = Worker(
            client,
            task_queue=self.identity.queue,
            activities=[self._activities.interview],
            graceful_shutdown_timeout=_GRACE,
            max_heartbeat_throttle_interval=_THROTTLE,
            default_heartbeat_throttle_interval=_THROTTLE,
        )
        async with interviews:
            await _first(stop, serving, claims)
            claims.cancel()
            with suppress(asyncio.CancelledError):
                await claims
        server.should_exit = True
        await serving

    async def _claim_while_free(self, client: Client) -> None:
        """Poll the shared queue only while there is a place, so that others get the claim."""
        while True:
            await self._slots.until_free()
            worker = Worker(
                client,
                task_queue=GATEWAYS_QUEUE,
                activities=[self._activities.claim_gateway],
                max_concurrent_activities=1,
                graceful_shutdown_timeout=_GRACE,
            )
            async with worker:
                await self._slots.until_full()


async def _first(stop: asyncio.Event, *running: asyncio.Task[None]) -> None:
    """Wait for the order to stop; a part that ends by itself is an error and raises."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({stopping, *running}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    for task in running:
        if task.done():
            task.result()
