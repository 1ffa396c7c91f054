"""The application behind the sandbox's Google address: tokens, calendars, and a console."""

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from sandbox.google.answers import Refused
from sandbox.google.console import console_routes
from sandbox.google.routes import calendar_routes
from sandbox.google.token import token_routes
from sandbox.google.trouble import Cut, Trouble
from sandbox.google.workspace import Workspace


def calendar_app(workspace: Workspace, cut: Cut) -> FastAPI:
    """Everything under the address that stands for Google's."""
    app = FastAPI(title="Sandbox: Google Calendar", openapi_url=None)
    app.include_router(token_routes(workspace.access))
    app.include_router(calendar_routes(workspace))
    app.include_router(console_routes(workspace))
    app.add_middleware(Trouble, workspace=workspace, cut=cut)

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> Response:  # noqa: ARG001
        return error.answer()

    @app.exception_handler(404)
    async def unknown(request: Request, error: Exception) -> Response:  # noqa: ARG001
        return JSONResponse({"error": {"code": 404, "message": "Not Found"}}, 404)

    return app
