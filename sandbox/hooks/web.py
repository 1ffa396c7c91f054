"""Takes webhooks, shows what came, and is told how to fail."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import HTMLResponse, Response
from starlette.templating import Jinja2Templates

from sandbox.hooks.receiver import TAKEN, HookFailure, HookFault, Received, Receiver

Cut = Callable[[tuple[str, int]], None]

_TEMPLATES = Jinja2Templates(
    [Path(__file__).parent / "templates", Path(__file__).parents[1] / "mail" / "templates"]
)
_SLOW_S = 120
_ANSWERS = {
    None: Response(status_code=204),
    HookFailure.BROKEN: Response(status_code=500),
    HookFailure.GONE: Response(status_code=410),
    HookFailure.MOVED: Response(status_code=302, headers={"location": "/hooks"}),
}


class SecretsIn(BaseModel):
    """Whose signatures count."""

    model_config = ConfigDict(extra="forbid")

    secrets: list[str]


def hook_routes(receiver: Receiver, cut: Cut) -> APIRouter:
    """The receiver at `/hooks` and below, its page, and its part of the control port.

    `cut` resets the connection of a client, who then never hears an answer.
    """
    router = APIRouter()

    @router.post("/hooks")
    @router.post("/hooks/{name:path}")
    async def take(request: Request) -> Response:
        """Takes one webhook, or fails as planned."""
        body, headers = await request.body(), dict(request.headers)
        if not receiver.is_signed(body, headers):
            return Response(status_code=401)
        failure = receiver.due()
        if failure is None or failure in TAKEN:
            receiver.take(body, headers)
        if failure is HookFailure.SLOW:
            await asyncio.sleep(_SLOW_S)
        if failure is HookFailure.LOST and request.client is not None:
            cut((request.client.host, request.client.port))
        return _ANSWERS.get(failure, _ANSWERS[None])

    @router.get("/api/hooks")
    async def received() -> list[Received]:
        """Everything that came, oldest first."""
        return receiver.received

    @router.get("/hooks", response_class=HTMLResponse)
    async def page(request: Request) -> HTMLResponse:
        """What came, newest first."""
        shown: dict[str, object] = {"hooks": list(reversed(receiver.received))}
        answer: HTMLResponse = _TEMPLATES.TemplateResponse(request, "hooks.html", shown)
        return answer

    router.include_router(_control(receiver))
    return router


def _control(receiver: Receiver) -> APIRouter:
    router = APIRouter(prefix="/control/hooks")

    @router.post("/secrets", status_code=204)
    async def secrets(given: SecretsIn) -> None:
        """From now on only what one of these signed is taken."""
        receiver.secrets = given.secrets

    @router.post("/fault", status_code=204)
    async def fault(given: HookFault) -> None:
        """The next ones fail."""
        receiver.faults.append(given)

    return router
