"""One appointment on its way into a calendar: tried until the calendar takes it."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.calendar import CalendarSteps
    from interloop.domain.appointment import CalendarState
    from interloop.domain.calendar import EntryRef

_STEP = timedelta(minutes=2)
_PULSE = timedelta(seconds=5)
_RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=10))
"""A calendar may be away for a day; where it names its wait, that is kept instead."""


@workflow.defn
class CalendarKeeping:
    """Ends when calendars agree with the appointment, or a person has to let us in again."""

    @workflow.run
    async def run(self, ref: EntryRef) -> CalendarState:
        """Write, move or take out what must be; return what the calendar shows."""
        return await workflow.execute_activity_method(
            CalendarSteps.keep_calendar,
            ref,
            start_to_close_timeout=_STEP,
            heartbeat_timeout=_PULSE,
            retry_policy=_RETRY,
            summary="keep the interviewer's calendar",
        )
