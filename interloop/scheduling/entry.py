"""The entry that a candidate's calendar gets for an appointment: in a mail, and as a file."""

from datetime import datetime
from email.utils import parseaddr

from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.calendars import connection_of
from interloop.db.tables import Appointment, Organization
from interloop.domain.calendar import AccessState
from interloop.emails.ics import Invitation, Method
from interloop.scheduling.rounds import round_of
from interloop.settings import Settings


async def entry_of(  # noqa: PLR0913 - which entry, for whom, as of when
    session: AsyncSession,
    row: Appointment,
    method: Method,
    *,
    settings: Settings,
    stamp: datetime,
    guest: str | None = None,
) -> Invitation:
    """Return the entry of an appointment; with the same UID wherever a candidate gets it from."""
    about = await round_of(session, row.interview_id)
    organization = await session.get_one(Organization, row.org_id)
    return Invitation(
        method=method,
        uid=row.uid,
        sequence=row.version,
        place=row.place,
        stamp=stamp,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        title=f"{about.job.title}: {organization.name}",
        description=f"{settings.app_url}/c/",
        organizer=(organization.name, parseaddr(settings.mail_from)[1]),
        guest=guest,
    )


async def calendar_invites(session: AsyncSession, row: Appointment) -> bool:
    """Tell whether the interviewer's own calendar invites the candidate.

    Then we give them no entry of ours: two invitations to one time are two entries.
    """
    if row.interviewer_id is None:
        return False
    connection = await connection_of(session, row.interviewer_id)
    return (
        connection is not None and connection.state is AccessState.ok and connection.invites_guests
    )
