"""The two web applications: what Google's address answers, and the sandbox's own page."""

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse

from sandbox.control.routes import control_routes
from sandbox.google.app import calendar_app
from sandbox.google_error import GoogleError, body
from sandbox.hooks.web import Cut, hook_routes
from sandbox.judge.routes import judge_routes
from sandbox.live.line import Abort
from sandbox.live.routes import live_routes
from sandbox.mail.web import mail_routes
from sandbox.world import World


def google_app(world: World, abort: Abort) -> FastAPI:
    """Live socket and REST, behind TLS."""
    app = FastAPI(title="Sandbox: Gemini", openapi_url=None)
    app.include_router(live_routes(world.live, abort))
    app.include_router(judge_routes(world.bench, world.live.ear))
    _add_health(app, world)

    @app.exception_handler(GoogleError)
    async def refused(request: Request, error: GoogleError) -> JSONResponse:  # noqa: ARG001
        return JSONResponse(body(error.code, error.message), error.code)

    return app


def inbox_app(world: World, cut: Cut) -> FastAPI:
    """Inbox, calendars, receiver of webhooks and control port, plain HTTP."""
    app = FastAPI(title="Sandbox: inbox and control", openapi_url=None)
    app.include_router(mail_routes(world.mailbox))
    app.include_router(hook_routes(world.hooks, cut))
    app.include_router(control_routes(world))
    app.mount("/google", calendar_app(world.google, cut))
    _add_health(app, world)
    return app


def _add_health(app: FastAPI, world: World) -> None:
    @app.get("/health")
    async def health() -> dict[str, object]:
        """Up, and with which voice and ear."""
        ready = world.live.ear.recogniser.ready.is_set()
        return {"status": "ok", "voice": world.live.speaker.name, "recogniser": ready}
