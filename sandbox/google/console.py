"""What a workspace's admin and its people see: keys to download, grants, and their calendars."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import HTMLResponse
from starlette.templating import Jinja2Templates

from sandbox.google.access import CLIENT_ID, CLIENT_SECRET
from sandbox.google.calendars import Event, instant
from sandbox.google.key import key_file
from sandbox.google.workspace import Workspace

_HERE = Path(__file__).parent
_TEMPLATES = Jinja2Templates([_HERE / "templates", _HERE.parent / "mail" / "templates"])
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


class GrantOut(BaseModel):
    """What an application gets when a person lets it in."""

    client_id: str
    client_secret: str
    refresh_token: str


def console_routes(workspace: Workspace) -> APIRouter:
    """Pages and JSON beside the API itself."""
    router = APIRouter(prefix="/console")

    @router.get("/key")
    async def key() -> dict[str, str]:
        """The key file of the service account, with delegation for everybody."""
        return key_file(workspace.key)

    @router.get("/grant")
    async def grant(subject: Annotated[str, Query(pattern="@")]) -> GrantOut:
        """Consent of that person to our application."""
        token = workspace.access.grant(subject)
        return GrantOut(client_id=CLIENT_ID, client_secret=CLIENT_SECRET, refresh_token=token)

    @router.get("/events")
    async def events(of: Annotated[str, Query(pattern="@")]) -> list[Event]:
        """All events of that person, deleted ones too."""
        return list(workspace.calendars.of(of).events.values())

    @router.get("/asked")
    async def asked() -> list[tuple[str, str]]:
        """The requests of the Calendar API so far."""
        return workspace.asked

    @router.get("/", response_class=HTMLResponse)
    async def calendars(request: Request) -> HTMLResponse:
        """Everybody's calendar as a page."""
        shown: dict[str, object] = {"people": _people(workspace)}
        page: HTMLResponse = _TEMPLATES.TemplateResponse(
            request, "calendars.html", shown, headers=_HEADERS
        )
        return page

    return router


def _people(workspace: Workspace) -> list[tuple[str, list[Event]]]:
    def when(event: Event) -> dt.datetime:
        return instant(event["start"])

    calendars = sorted(workspace.calendars.found.values(), key=lambda each: each.owner)
    return [(each.owner, sorted(each.events.values(), key=when)) for each in calendars]
