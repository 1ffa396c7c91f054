"""The inbox as a person sees it and as JSON."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse
from starlette.templating import Jinja2Templates

from sandbox.mail.mailbox import Mail, Mailbox

_TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
_LINKS_OPEN_OUTSIDE = '<base target="_blank">'


class AttachmentOut(BaseModel):
    """A file that came with a mail."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    kind: str
    size: int


class MessageOut(BaseModel):
    """A mail in JSON; `from` is a reserved word only in Python."""

    model_config = ConfigDict(from_attributes=True, serialize_by_alias=True)

    id: int
    to: list[str]
    sender: Annotated[str, Field(serialization_alias="from")]
    subject: str
    date: str
    message_id: str
    text: str
    html: str
    attachments: list[AttachmentOut]


def mail_routes(mailbox: Mailbox) -> APIRouter:
    """Pages and JSON of the inbox, newest first in both."""
    router = APIRouter()

    def mail(number: int) -> Mail:
        found = mailbox.find(number)
        if found is None:
            raise HTTPException(404, "no such message")
        return found

    @router.get("/api/messages")
    async def messages(to: Annotated[str | None, Query()] = None) -> list[MessageOut]:
        """All mails, or those to one address."""
        return [MessageOut.model_validate(each) for each in reversed(mailbox.addressed(to))]

    @router.get("/api/messages/{number}")
    async def message(number: int) -> MessageOut:
        """One mail."""
        return MessageOut.model_validate(mail(number))

    @router.get("/", response_class=HTMLResponse)
    async def inbox(request: Request, to: Annotated[str | None, Query()] = None) -> HTMLResponse:
        """The list."""
        shown: dict[str, object] = {"mails": list(reversed(mailbox.addressed(to))), "to": to}
        return _page(request, "inbox.html", shown)

    @router.get("/messages/{number}", response_class=HTMLResponse)
    async def one(request: Request, number: int) -> HTMLResponse:
        """One mail with its HTML in a frame that runs no script."""
        return _page(request, "message.html", {"mail": mail(number)})

    @router.get("/messages/{number}/body", response_class=HTMLResponse)
    async def content(number: int) -> HTMLResponse:
        """What stands in the frame; its links open outside of it."""
        return HTMLResponse(_LINKS_OPEN_OUTSIDE + mail(number).html, headers=_HEADERS)

    return router


def _page(request: Request, name: str, shown: dict[str, object]) -> HTMLResponse:
    page: HTMLResponse = _TEMPLATES.TemplateResponse(request, name, shown, headers=_HEADERS)
    return page
