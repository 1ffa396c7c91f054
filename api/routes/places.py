"""Where meetings with a person take place: what a job says, and what one appointment says."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.routes.appointments import list_appointments, open_round
from api.shapes.schedule import AppointmentOut, JobPolicyOut, MeetingPlaceIn
from interloop.db.mails import Letter, write_message
from interloop.db.rows import must_get
from interloop.db.tables import Appointment, Job, Message, MessageKind, MessageState, User
from interloop.db.trail import audit, changed
from interloop.domain.appointment import AppointmentState
from interloop.domain.errors import Conflict, Unavailable
from interloop.domain.steps import ResendMessage
from interloop.scheduling.holding import say
from interloop.scheduling.rounds import Round, live_appointment
from interloop.security.permissions import Permission

routes = Routes("schedule")


@routes.put("/jobs/{job_id}/meeting-place", Permission.edit_schedule)
async def set_meeting_place(
    context: Ctx, staff: StaffDep, job_id: UUID, body: MeetingPlaceIn
) -> JobPolicyOut:
    """Say where the job's meetings with a person take place; it counts for times taken from now."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        job = await must_get(session, Job, job_id, lock=True)
        job.meeting_place = body.place
        await audit(session, staff.who, "job.place_set", at=now, about=("job", job_id))
        await changed(session, "job", job_id, at=now, job_id=job_id)
        return JobPolicyOut(policy=job.policy, meeting_place=job.meeting_place)


@routes.put("/applications/{application_id}/appointments/place", Permission.book)
async def set_place(
    context: Ctx, staff: StaffDep, application_id: UUID, body: MeetingPlaceIn
) -> list[AppointmentOut]:
    """Say where the candidate's meeting takes place; they are told by mail, calendars follow.

    409 `nothing_booked` when no meeting with a person is to come. 503 `mail_waits` when the place
    stands, but its mail waits under the candidate's messages for somebody to send it.
    """
    mail = await _place(context, staff, application_id, body.place)
    if mail is not None:
        await _tell(context, staff, application_id, mail)
    return await list_appointments(context, staff, application_id)


async def _place(
    context: Context, staff: Staff, application_id: UUID, place: str | None
) -> UUID | None:
    """Write the place down with the mail that tells of it; None when there is nothing to tell."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        about = await open_round(session, application_id)
        row = await live_appointment(session, about.interview.id)
        if row is None or not about.with_person or row.starts_at <= now:
            raise Conflict("no meeting is to come", code="nothing_booked")
        if row.place == place:
            return None
        row.place = place
        row.place_changes += 1
        await say(session, row, about, staff.who, "appointment.placed", now=now)
        if row.state is not AppointmentState.booked or about.candidate.email_sealed is None:
            return None
        return await _write(context, session, about, row)


async def _write(context: Context, session: AsyncSession, about: Round, row: Appointment) -> UUID:
    """Write the mail that says the booked time once more, and where."""
    values = {
        "starts_at": row.starts_at,
        "minutes": str(int((row.ends_at - row.starts_at).total_seconds() // 60)),
    }
    if row.interviewer_id is not None:
        values["interviewer_name"] = (await must_get(session, User, row.interviewer_id)).name
    letter = Letter(
        application_id=about.application.id,
        kind=MessageKind.booked,
        at=context.services.clock.now(),
        values=values | ({} if row.place is None else {"place": row.place}),
        zone=row.zone,
    )
    await write_message(session, context.services.keys, letter)
    return letter.id


async def _tell(context: Context, staff: Staff, application_id: UUID, message_id: UUID) -> None:
    """Send the mail; while Temporal is away it waits, failed, for a person to send it."""
    send = ResendMessage(org_id=staff.org_id, application_id=application_id, message_id=message_id)
    try:
        await context.journeys.resend(send)
    except Unavailable:
        async with context.services.db.session(staff.org_id) as session:
            message = await must_get(session, Message, message_id, lock=True)
            message.state, message.failure_code = MessageState.failed, "temporal_away"
        raise Unavailable(
            "the place stands, but the mail waits under Messages", code="mail_waits"
        ) from None
