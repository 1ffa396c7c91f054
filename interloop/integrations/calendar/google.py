"""Google Calendar by its own client; in the sandbox profile the same client asks the sandbox.

The client blocks: every call runs in a thread. It takes half a second to load and most processes
never ask, so it is loaded when it is first asked.
"""

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING

from interloop.domain.calendar import CalendarEvent, EventRef, Span
from interloop.integrations.calendar.port import Account
from interloop.settings import Settings

if TYPE_CHECKING:
    from interloop.integrations.calendar.google_desk import GoogleDesk


class GoogleCalendar:
    """Calendars of Google, or of the sandbox where the settings lead there."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.google_url

    async def busy(self, account: Account, within: Span) -> list[Span]:
        """Ask free/busy."""
        return await asyncio.to_thread(self._ask_busy, account, within)

    async def put(self, account: Account, event: CalendarEvent) -> EventRef:
        """Insert, or bring what stands there up to date; what is unsure is looked up."""
        return await asyncio.to_thread(self._do_put, account, event)

    async def cancel(self, account: Account, event_id: str) -> None:
        """Delete the event; guests that the calendar itself invited are told by it."""
        await asyncio.to_thread(self._do_cancel, account, event_id)

    @cached_property
    def _desk(self) -> "GoogleDesk":
        from interloop.integrations.calendar.google_desk import GoogleDesk  # noqa: PLC0415

        return GoogleDesk(self._url)

    # The client is loaded in the thread too: these look the desk up there.
    def _ask_busy(self, account: Account, within: Span) -> list[Span]:
        return self._desk.busy(account, within)

    def _do_put(self, account: Account, event: CalendarEvent) -> EventRef:
        return self._desk.put(account, event)

    def _do_cancel(self, account: Account, event_id: str) -> None:
        self._desk.cancel(account, event_id)
