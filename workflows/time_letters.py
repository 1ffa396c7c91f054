"""The mails about a round's time: one after the other, beside the story, which waits for none."""

import asyncio
from datetime import timedelta
from functools import partial

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from interloop.domain.appointment import TimeMail, WriteTimeMail
    from interloop.domain.journey import JourneyInput
    from workflows.meetings import Meetings
    from workflows.times import News, Times

LATE = timedelta(minutes=15)
"""A reminder that is later than this, because we were away, is left out."""


class TimeLetters(Meetings):
    """Tells the candidate what became of a time."""

    def __init__(self, given: JourneyInput) -> None:
        super().__init__(given)
        self._letters: list[tuple[Times, News]] = []
        self._teller: asyncio.Task[None] | None = None

    @property
    def _all_told(self) -> bool:
        return self._teller is None or self._teller.done()

    def _tell(self, times: Times, news: News) -> None:
        """Have a mail about the time written and sent; the story does not wait for it.

        A mail server that is away for a day must not keep anybody from their interview.
        """
        self._letters.append((times, news))
        if self._teller is None or self._teller.done():
            self._teller = asyncio.create_task(self._deliver())

    async def _deliver(self) -> None:
        while self._letters:
            times, news = self._letters.pop(0)
            late = asyncio.create_task(_after(LATE)) if news.mail is TimeMail.reminder else None
            await self._write(times, news, late)
            if late is not None:
                late.cancel()

    def _is_overtaken(self, late: asyncio.Task[None] | None) -> bool:
        """Tell whether a mail that has not left helps nobody any more; others keep their turn."""
        passed = late is not None and (late.done() or bool(self._letters))
        return passed or self._withdrawn or self._closed

    async def _write(self, times: Times, news: News, late: asyncio.Task[None] | None) -> None:
        """Write a mail and send it; what cannot be written says so to a person."""
        message_id = workflow.uuid4()
        time = news.booked or news.earlier
        starts_at = time.starts_at if time is not None else None
        if news.mail is TimeMail.proposed_time and times.proposed is not None:
            starts_at = times.proposed.starts_at
        mail = WriteTimeMail(
            org_id=self._given.org_id,
            application_id=self._given.application_id,
            message_id=message_id,
            interview_id=times.interview_id,
            mail=news.mail,
            starts_at=starts_at,
            earlier_start=news.earlier.starts_at if news.booked and news.earlier else None,
            open_until=times.until if news.booked is None else None,
            interviewer_id=time.interviewer_id if time is not None else None,
            appointment_id=time.appointment_id if time is not None else None,
        )
        try:
            written = await self._steps.write_time_mail(mail)
        except ActivityError:
            written = False
        if written:
            overtaken = partial(self._is_overtaken, late)
            await self._send(message_id, link_until=times.until, unless=overtaken)
        else:
            await self._steps.open_task("message_failed", key=str(message_id))


async def _after(while_: timedelta) -> None:
    await workflow.sleep(while_, summary="a reminder would come late")
