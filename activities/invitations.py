"""What calendars read in a mail about a time: the invitation, its move, its end."""

from email.utils import parseaddr

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from activities.rows import must_get
from interloop.db.calendars import connection_of
from interloop.db.tables import (
    Application,
    Appointment,
    Interview,
    Job,
    Message,
    MessageKind,
    Organization,
)
from interloop.domain.appointment import AppointmentState
from interloop.domain.calendar import AccessState
from interloop.emails.ics import Invitation, Method, ics
from interloop.integrations.mail.port import CalendarPart
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
    if row is None or await _calendar_invites(session, row):
        return None
    application = await must_get(session, Application, message.application_id)
    job = await must_get(session, Job, application.job_id)
    organization = await session.get_one(Organization, message.org_id)
    invitation = Invitation(
        method=method,
        uid=row.uid,
        sequence=row.sequence,
        stamp=message.created_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        title=f"{job.title}: {organization.name}",
        description=settings.app_url,
        organizer=(organization.name, parseaddr(settings.mail_from)[1]),
        guest=to,
    )
    return CalendarPart(method=method.value, ics=ics(invitation))


async def _calendar_invites(session: AsyncSession, row: Appointment) -> bool:
    if row.interviewer_id is None:
        return False
    connection = await connection_of(session, row.interviewer_id)
    return (
        connection is not None and connection.state is AccessState.ok and connection.invites_guests
    )
