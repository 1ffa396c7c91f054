"""What a test may change about the sandbox's Google."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from sandbox.google.calendars import Event
from sandbox.google.faults import CalendarFault
from sandbox.google.workspace import Workspace


class WhoseIn(BaseModel):
    """A person of the workspace; `*` is everybody."""

    model_config = ConfigDict(extra="forbid")

    subject: str = "*"


class EntryIn(BaseModel):
    """Something that a person wrote into their own calendar."""

    model_config = ConfigDict(extra="forbid")

    of: str
    event: Event


def google_control(workspace: Workspace) -> APIRouter:
    """Faults, access taken back, calendars that are missing, and entries of people."""
    router = APIRouter(prefix="/google")

    @router.post("/fault", status_code=204)
    async def fault(given: CalendarFault) -> None:
        """The next requests of the Calendar API go wrong."""
        workspace.faults.plan(given)

    @router.post("/revoke", status_code=204)
    async def revoke(whose: WhoseIn) -> None:
        """Takes access back: tokens end, and no new ones are given."""
        workspace.access.revoke(whose.subject)

    @router.post("/restore", status_code=204)
    async def restore() -> None:
        """Gives everybody's access back."""
        workspace.access.revoked.clear()

    @router.post("/missing", status_code=204)
    async def missing(whose: WhoseIn) -> None:
        """Says from now on that this person has no calendar."""
        workspace.calendars.missing.add(whose.subject.casefold())

    @router.post("/entry", status_code=204)
    async def entry(given: EntryIn) -> None:
        """Writes into a calendar as its owner does."""
        workspace.calendars.of(given.of).insert(given.event)

    @router.post("/patch", status_code=204)
    async def patch(given: EntryIn) -> None:
        """Changes an event, named by its id, as the calendar's owner does."""
        workspace.calendars.of(given.of).patch(given.event["id"], given.event, None)

    return router
