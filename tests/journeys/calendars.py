"""Interviewers' real calendars in a test: the sandbox plays Google, our own client asks it."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import SecretStr

from interloop.db.calendars import connection_of, credentials_box
from interloop.db.rows import seal_column
from interloop.db.tables import CalendarConnection
from interloop.domain.calendar import AccessState, CalendarProvider
from interloop.domain.ids import new_id
from interloop.domain.stretches import Stretch
from interloop.integrations.calendar.google import GoogleCalendar
from interloop.integrations.calendar.port import Account, ServiceKey
from interloop.scheduling.calendars import busy_of
from interloop.services import Services
from tests.journeys.world import World
from tests.sandbox.outside import Outside


def asking(services: Services, outside: Outside) -> Services:
    """Return services whose calendars are those of the sandbox."""
    settings = services.settings.model_copy(update={"google_url": f"{outside.web}/google"})
    return replace(services, calendar=GoogleCalendar(settings))


def address(user_id: UUID) -> str:
    return f"{user_id}@larkfield.example"


@dataclass(frozen=True)
class Calendars:
    """The calendars of a world's interviewers, as their owners and as Google see them."""

    here: World
    outside: Outside

    async def connect(self, user_id: UUID) -> None:
        """Let us into this person's calendar, as the route does once it has answered."""
        key = json.dumps(await self.outside.get("/google/console/key"))
        account = Account(credentials=ServiceKey(key=SecretStr(key), subject=address(user_id)))
        services = self.here.services
        box = await credentials_box(services.keys, self.here.org_id)
        async with services.db.session(self.here.org_id) as session:
            row = await connection_of(session, user_id)
            if row is None:
                row = CalendarConnection(id=new_id(), org_id=self.here.org_id, user_id=user_id)
                session.add(row)
            row.provider, row.account_id = CalendarProvider.google, address(user_id)
            row.state, row.failure_code = AccessState.ok, None
            row.created_at = services.clock.now()
            seal_column(box, row, "credentials_sealed", account.model_dump_json())

    async def disconnect(self, user_id: UUID) -> None:
        """Take the connection away: this person has no calendar that we know of."""
        async with self.here.services.db.session(self.here.org_id) as session:
            await session.delete(await connection_of(session, user_id))

    async def note_revoked(self, user_id: UUID) -> None:
        """Have access taken back, and found out by asking when this person is busy."""
        await self.revoke(user_id)
        services = self.here.services
        async with services.db.read(self.here.org_id) as session:
            row = await connection_of(session, user_id)
        assert row is not None
        now = services.clock.now()
        await busy_of(services, row, Stretch(now, now + timedelta(days=1)))
        assert await self.access(user_id) is AccessState.revoked

    async def access(self, user_id: UUID) -> AccessState:
        """Tell whether we still get to this person's calendar, as the row says."""
        async with self.here.services.db.read(self.here.org_id) as session:
            row = await connection_of(session, user_id)
            assert row is not None
            return row.state

    async def take(self, user_id: UUID, at: datetime, *, hours: float) -> None:
        """Write something of their own into a person's calendar."""
        ends_at = at + timedelta(hours=hours)
        event = {"start": {"dateTime": at.isoformat()}, "end": {"dateTime": ends_at.isoformat()}}
        for end in event.values():
            end["timeZone"] = "UTC"
        await self.outside.control("google/entry", of=address(user_id), event=event)

    async def revoke(self, user_id: UUID) -> None:
        await self.outside.control("google/revoke", subject=address(user_id))

    async def events(self, user_id: UUID) -> list[dict[str, Any]]:
        """Return what stands in a person's calendar, what was deleted too."""
        place = f"/google/console/events?of={address(user_id)}"
        found: list[dict[str, Any]] = await self.outside.get(place)
        return found
