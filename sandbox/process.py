"""Starts the servers of one sandbox process and ends them on a signal."""

import asyncio
import contextlib
import json
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import structlog
import uvicorn
from fastapi import FastAPI

from sandbox.apps import google_app, inbox_app
from sandbox.google.key import service_key
from sandbox.google.workspace import Workspace
from sandbox.hearing.ear import Ear
from sandbox.hearing.recogniser import Recogniser
from sandbox.live.service import Service
from sandbox.mail.sink import serve_smtp
from sandbox.tls import certificate
from sandbox.voice.speaker import Speaker, best_voice
from sandbox.world import World

_log = structlog.get_logger(__name__)
_MOST_FRAME_BYTES = 16 * 1024 * 1024
_GOODBYE_S = 0.35
"""So long open calls have for the closing handshake; a caller that reads no more never ends it."""

Ports = dict[str, int]


class _Server(uvicorn.Server):
    """A server among several in one loop: signals belong to the process, not to it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    def cut(self, client: tuple[str, int]) -> None:
        """Resets the connection of that client."""
        for connection in list(self.server_state.connections):
            transport = getattr(connection, "transport", None)
            if transport is not None and transport.get_extra_info("peername")[:2] == client:
                transport.abort()


async def run(state_dir: Path, ports: Ports) -> None:
    """Serves until SIGTERM or SIGINT; port 0 takes a free one, told in `ports.json`."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    sockets = {name: _bound(port) for name, port in ports.items()}
    recogniser = Recogniser()
    await recogniser.start()
    google = Workspace(service_key(state_dir))
    world = World(Service(Speaker(best_voice()), Ear(recogniser)), google)
    https = _https_server(world, state_dir)
    web = _server(FastAPI())
    web.config.app = inbox_app(world, web.cut)
    tasks = [
        asyncio.create_task(https.serve([sockets["https"]])),
        asyncio.create_task(web.serve([sockets["web"]])),
    ]
    smtp = await serve_smtp(world.sink, sockets["smtp"])
    await asyncio.gather(https.up.wait(), web.up.wait())
    _write_ports(state_dir, {name: each.getsockname()[1] for name, each in sockets.items()})
    _log.info("sandbox_ready")
    await stopping.wait()
    await recogniser.stop()
    smtp.close()
    https.should_exit = web.should_exit = True
    _, late = await asyncio.wait(tasks, timeout=_GOODBYE_S)
    for task in late:
        task.cancel()


def _https_server(world: World, state_dir: Path) -> _Server:
    crt, key = certificate(state_dir)
    server = _server(FastAPI(), ssl_certfile=str(crt), ssl_keyfile=str(key))
    server.config.app = google_app(world, server.cut)
    return server


def _server(app: FastAPI, **tls: str) -> _Server:
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws_max_size=_MOST_FRAME_BYTES,
        server_header=False,
    )
    config.ssl_certfile, config.ssl_keyfile = tls.get("ssl_certfile"), tls.get("ssl_keyfile")
    return _Server(config)


def _bound(port: int) -> socket.socket:
    # asyncio sets TCP_NODELAY only where the protocol is named; without it frames wait 40 ms.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    return bound


def _write_ports(state_dir: Path, ports: Ports) -> None:
    unfinished = state_dir / "ports.part"
    unfinished.write_text(json.dumps(ports))
    unfinished.replace(state_dir / "ports.json")
