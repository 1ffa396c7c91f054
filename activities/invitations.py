"""What calendars read in a mail about a time: the invitation, its move, its end."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import Appointment, Interview, Message, MessageKind
from interloop.domain.appointment import AppointmentState
from interloop.emails.ics import Method, ics
from interloop.integrations.mail.port import CalendarPart
from interloop.scheduling.entry import calendar_invites, entry_of
from interloop.settings import Settings

_ABOUT = {
    MessageKind.booked: (Method.request, AppointmentState.booked),
    MessageKind.rescheduled: (Method.request, AppointmentState.booked),
    MessageKind.cancelled_time: (Method.cancel, AppointmentState.cancelled),
}


async def invitation_for(
    session: AsyncSession, message: Message, *, to: str, settings: Settings
) -> CalendarPart | None:
    """Return what the mail carries for calendars; None where it is about no time.

    None also where the interviewer's calendar itself invites the candidate: two invitations to
    one time are two entries.
    """
    if message.kind not in _ABOUT:
        return None
    method, state = _ABOUT[message.kind]
    statement = (
        select(Appointment)
        .join(Interview, Interview.id == Appointment.interview_id)
        .where(
            Interview.application_id == message.application_id,
            Appointment.state == state,
            # Never a time that was only put aside: nobody was invited to it.
            Appointment.hold_until.is_(None),
        )
        .order_by(Appointment.starts_at.desc(), Appointment.id.desc())
    )
    row = (await session.execute(statement)).scalars().first()
    if row is None or await calendar_invites(session, row):
        return None
    entry = await entry_of(
        session, row, method, settings=settings, stamp=message.created_at, guest=to
    )
    return CalendarPart(method=method.value, ics=ics(entry))
