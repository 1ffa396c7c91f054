"""The gateway's own small web server: readiness, and the room's socket."""

from urllib.parse import urlsplit

from fastapi import FastAPI, WebSocket

from interloop.settings import Settings
from media_gateway.calls import Calls
from media_gateway.socket import RoomSocket
from media_gateway.wire.socket import WireSocket

LOOPBACK = {"127.0.0.1", "localhost"}


def build_app(calls: Calls) -> FastAPI:
    """Return the application."""
    app = FastAPI(title="Interloop media gateway", openapi_url=None)
    allowed = allowed_origins(calls.services.settings)

    @app.get("/health/ready")
    async def ready() -> dict[str, str | int]:
        """Tell that rooms can be opened here."""
        return {"status": "ready", "calls": len(calls)}

    @app.websocket("/room")
    async def room(socket: WebSocket) -> None:
        """Serve a page of the app; a socket from any other origin is refused before it opens."""
        if socket.headers.get("origin") not in allowed:
            await socket.close()
            return
        await socket.accept()
        await RoomSocket(socket, calls).serve()

    @app.websocket("/wire")
    async def wire(socket: WebSocket) -> None:
        """Carry voice and picture of a page whose network lets no UDP through."""
        if socket.headers.get("origin") not in allowed:
            await socket.close()
            return
        await socket.accept()
        await WireSocket(socket, calls).serve()

    return app


def allowed_origins(settings: Settings) -> frozenset[str]:
    """Return the app's origin; on loopback under either of its names."""
    url = urlsplit(settings.app_url)
    hosts = LOOPBACK if url.hostname in LOOPBACK else {url.hostname or ""}
    port = f":{url.port}" if url.port else ""
    return frozenset(f"{url.scheme}://{host}{port}" for host in hosts)
