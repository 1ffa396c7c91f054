"""One candidate who is to meet a person: a time is booked and cancelled beside a dying process."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from interloop.demo.desk import Desk
from interloop.demo.http import DemoFailed, Http, wait_for
from tests.chaos.people import PATIENCE_S, Office, persist
from tests.support.figures import Figures
from tests.support.product import Product

_WEEK = [{"weekday": day, "start": "09:00", "end": "17:00"} for day in range(5)]


@dataclass(frozen=True)
class Meeting:
    """One application, the interviewer's calendar, and how a process is told to die."""

    product: Product
    office: Office
    die: Callable[[], None]

    async def walk(self, case: str, *, cancelling: bool) -> Figures:
        """Book a time and cancel it; return what the calendar shows more than once.

        The process dies while the calendar is written, or while it is cleared.
        """
        interviewer = await self._interviewer()
        application_id = await self._invited()
        if not cancelling:
            self.die()
        await self._book(application_id, interviewer)
        await self._stands(application_id, "written")
        [event, *more] = await self._events(application_id)
        stood = event["status"] == "confirmed"
        if cancelling:
            self.die()
        place = f"/api/applications/{application_id}/appointments/cancel"
        await persist(lambda: self._once(place))
        await self._stands(application_id, "none")
        [after, *more] = await self._events(application_id)
        gone = (after["id"], after["status"]) == (event["id"], "cancelled")
        return Figures(
            case=case,
            finished=stood and gone,
            turns_lost=0,
            turns_doubled=0,
            effects_doubled=len(more),
            audio_lost_s=0.0,
            back_s=0.0,
        )

    async def _interviewer(self) -> str:
        """Put the demo's interviewer into the pool, with hours and a calendar; twice is once."""
        desk = await Desk.open(self.product.app, self.office.stack.person("interviewer"))
        hours = {"zone": "Europe/Berlin", "rules": _WEEK}
        await persist(lambda: desk.http.send("PUT", "/api/me/hours", json=hours))
        calendar = {"access": {"kind": "sandbox"}}
        await persist(lambda: desk.http.send("PUT", "/api/me/calendar", json=calendar))
        await desk.http.close()
        await persist(lambda: self.office.desk.add_members(self.office.job_id, "interviewer"))
        return desk.user_id

    async def _invited(self) -> str:
        """Invite somebody new to meet a person."""
        desk = self.office.desk
        created = await self.office.add(f"{uuid4().hex[:12]}@candidate.example")
        application_id = str(created["id"])
        await persist(lambda: desk.until(application_id, "screening", waiting_on="recruiter"))
        place = f"/api/applications/{application_id}/invitation"
        preview = await persist(lambda: desk.http.send("POST", f"{place}/preview?kind=human"))
        body = {"message_id": preview["message_id"], "kind": "human"}
        await persist(lambda: desk.http.send("POST", place, json=body))
        await persist(lambda: desk.until(application_id, "invited"))
        return application_id

    async def _book(self, application_id: str, interviewer: str) -> None:
        """Book the first time that is free; where no answer came, look before doing it again."""
        send = self.office.desk.http.send
        place = f"/api/applications/{application_id}"
        slots = (await persist(lambda: send("GET", f"{place}/slots")))["slots"]
        wanted = {"starts_at": slots[0]["starts_at"], "interviewer_id": interviewer}

        async def book() -> None:
            if not await self._booked(application_id):
                await send("POST", f"{place}/appointments", json=wanted)

        await persist(book)

    async def _once(self, place: str) -> None:
        """Cancel; done already is as good."""
        try:
            await self.office.desk.http.send("POST", place)
        except DemoFailed as refused:
            if "nothing_booked" not in str(refused):
                raise

    async def _booked(self, application_id: str) -> bool:
        return any(row["state"] == "booked" for row in await self._appointments(application_id))

    async def _appointments(self, application_id: str) -> list[dict[str, Any]]:
        place = f"/api/applications/{application_id}/appointments"
        rows: list[dict[str, Any]] = await self.office.desk.http.send("GET", place)
        return rows

    async def _stands(self, application_id: str, state: str) -> None:
        """Wait until the appointment says this of its calendar; the worker sweeps every 20 s."""

        async def look() -> list[str]:
            rows = await persist(lambda: self._appointments(application_id))
            return [row["calendar_state"] for row in rows]

        what = f"a calendar that is {state}"
        await wait_for(look, lambda seen: seen == [state], what, patience_s=PATIENCE_S)

    async def _events(self, application_id: str) -> list[dict[str, Any]]:
        """Return what stands in the interviewer's calendar about this application, ever."""
        address = self.office.stack.person("interviewer").email
        google = Http(self.product.inbox)
        found = await google.send("GET", "/google/console/events", params={"of": address})
        await google.close()
        return [each for each in found if application_id in each["description"]]
