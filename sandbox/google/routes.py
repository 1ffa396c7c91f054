"""The methods of the Calendar API that the product uses, and a list of events beside them."""

import datetime as dt
import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from sandbox.google import discovery
from sandbox.google.answers import Refused
from sandbox.google.calendars import Calendar, Event
from sandbox.google.listing import listed
from sandbox.google.workspace import Workspace

_MOST_ASKED = 50


class Asked:
    """One request: who asks, for which calendar, with what; whatever does not fit is refused."""

    def __init__(self, workspace: Workspace, name: str, request: Request, body: bytes) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        self.subject = workspace.access.subject(token, name)
        self.query = {k: v for k, v in request.query_params.items() if k != "alt"}
        self._workspace, self._name = workspace, name
        try:
            discovery.check_query(name, self.query)
            self.body: Any = self._parsed(body)
        except discovery.Unfit as wrong:
            raise Refused(400, "badRequest", str(wrong)) from None

    def calendar(self, calendar_id: str) -> Calendar:
        """The asker's own calendar, under its address or as `primary`; nobody else's."""
        address = self.subject if calendar_id == "primary" else calendar_id
        if address.casefold() != self.subject.casefold():
            raise Refused(404, "notFound", "Not Found")
        return self._workspace.calendars.of(address)

    def answer(self, value: object) -> Response:
        """The answer, once Google's description agrees with it."""
        discovery.check_answer(self._name, value)
        return JSONResponse(value)

    def _parsed(self, body: bytes) -> object:
        if "request" not in discovery.method(self._name):
            return None
        try:
            parsed = json.loads(body)
        except ValueError:
            raise Refused(400, "parseError", "Parse Error") from None
        discovery.check_body(self._name, parsed)
        return parsed


def calendar_routes(workspace: Workspace) -> APIRouter:
    """Free/busy and events, under `/calendar/v3`."""
    router = APIRouter(prefix="/calendar/v3")
    one, many = "/calendars/{calendar}/events/{event}", "/calendars/{calendar}/events"

    async def asked(name: str, request: Request) -> Asked:
        return Asked(workspace, name, request, await request.body())

    @router.post("/freeBusy")
    async def free_busy(request: Request) -> Response:
        """When calendars are busy; one that cannot be read says so inside the answer."""
        ask = await asked("freebusy.query", request)
        return ask.answer(_free_busy(workspace, ask))

    @router.post(many)
    async def insert(calendar: str, request: Request) -> Response:
        """A new event."""
        ask = await asked("events.insert", request)
        return ask.answer(ask.calendar(calendar).insert(ask.body))

    @router.get(one)
    async def get(calendar: str, event: str, request: Request) -> Response:
        """One event, deleted or not."""
        ask = await asked("events.get", request)
        return ask.answer(ask.calendar(calendar).find(event))

    @router.patch(one)
    async def patch(calendar: str, event: str, request: Request) -> Response:
        """Changes an event, if it is still the one that the asker knows."""
        ask = await asked("events.patch", request)
        known = request.headers.get("if-match")
        return ask.answer(ask.calendar(calendar).patch(event, ask.body, known))

    @router.delete(one)
    async def delete(calendar: str, event: str, request: Request) -> Response:
        """Deletes an event."""
        ask = await asked("events.delete", request)
        ask.calendar(calendar).delete(event)
        return Response(status_code=204)

    @router.get(many)
    async def events(calendar: str, request: Request) -> Response:
        """Events of a span, or what has changed since a sync token."""
        ask = await asked("events.list", request)
        return ask.answer(listed(ask.calendar(calendar), ask.query))

    return router


def _free_busy(workspace: Workspace, ask: Asked) -> dict[str, object]:
    try:
        items, bounds = ask.body["items"], (ask.body["timeMin"], ask.body["timeMax"])
    except KeyError as missing:
        raise Refused(400, "required", f"Missing {missing}.") from None
    begin, end = (dt.datetime.fromisoformat(each) for each in bounds)
    if end <= begin:
        raise Refused(400, "timeRangeEmpty", "The specified time range is empty.")
    if len(items) > _MOST_ASKED:
        raise Refused(400, "tooManyCalendarsRequested", "Too many calendars requested.")
    return {
        "kind": "calendar#freeBusy",
        "timeMin": ask.body["timeMin"],
        "timeMax": ask.body["timeMax"],
        "calendars": {
            each["id"]: _one_calendar(workspace, ask, each["id"], begin, end) for each in items
        },
    }


def _one_calendar(
    workspace: Workspace, ask: Asked, calendar_id: str, begin: dt.datetime, end: dt.datetime
) -> Event:
    address = ask.subject if calendar_id == "primary" else calendar_id
    try:
        return {"busy": workspace.calendars.of(address).busy(begin, end)}
    except Refused:
        return {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
