"""Appointments as staff see them, and the times they can book for a candidate."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Query
from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.people import candidate_ref, user_refs
from api.shapes.common import JobRef
from api.shapes.schedule import (
    AppointmentIn,
    AppointmentOut,
    MeetingIn,
    StaffSlotOut,
    StaffSlotsOut,
)
from api.sight import sees
from api.times import minutes_of
from interloop.db.rows import must_get
from interloop.db.tables import Application, Appointment, Candidate, Interview, Job
from interloop.db.trail import audit
from interloop.domain.appointment import AppointmentState
from interloop.domain.errors import Conflict, Refusal
from interloop.domain.instants import Instant
from interloop.domain.journey import Book, FindAnother, GiveUpTime, ProposeAgain, ReportMeeting
from interloop.domain.schedule import HOLD, load_of
from interloop.scheduling.calendars import taken_elsewhere
from interloop.scheduling.holding import Wish, give_up_holds, hold
from interloop.scheduling.pool import offered, pool_of
from interloop.scheduling.rounds import OVER, Round, round_of
from interloop.security.permissions import Permission

routes = Routes("schedule")

_WEEK = timedelta(days=7)

Found = Row[Appointment, Interview, Application, Candidate, Job]


@routes.get("/applications/{application_id}/slots", Permission.book)
async def list_slots(context: Ctx, staff: StaffDep, application_id: UUID) -> StaffSlotsOut:
    """List the times of the candidate's open round, and who is free; staff need no notice."""
    now = context.services.clock.now()
    async with context.services.db.read(staff.org_id) as session:
        about = await open_round(session, application_id)
        within = about.choosable(now, notice=False)
        busy = await taken_elsewhere(context.services, about, within)
        pool = []
        if about.with_person:
            pool = await pool_of(session, about.job.id, now=now, busy=busy)
        load = load_of(pool)
        people = await user_refs(session, load)
        times = offered(about, pool, zone=about.zone, within=within)
        return StaffSlotsOut(
            zone=about.zone,
            minutes=minutes_of(about),
            interview_id=about.interview.id,
            with_person=about.with_person,
            slots=tuple(
                StaffSlotOut(
                    starts_at=slot.start,
                    ends_at=slot.end,
                    interviewers=tuple(people[who] for who in sorted(free, key=load.__getitem__)),
                )
                for slot, free in times.items()
            ),
        )


@routes.get("/applications/{application_id}/appointments", Permission.see_applications)
async def list_appointments(
    context: Ctx, staff: StaffDep, application_id: UUID
) -> list[AppointmentOut]:
    """List the candidate's appointments, newest first; what was only put aside is left out."""
    now = context.services.clock.now()
    async with context.services.db.read(staff.org_id) as session:
        statement = (
            _everything()
            .where(Application.id == application_id, _counts(now))
            .order_by(Appointment.starts_at.desc(), Appointment.id.desc())
        )
        return await appointments_out(context, session, (await session.execute(statement)).all())


@routes.get("/appointments", Permission.list_jobs)
async def list_own_appointments(
    context: Ctx,
    staff: StaffDep,
    since: Annotated[Instant | None, Query()] = None,
    until: Annotated[Instant | None, Query()] = None,
) -> list[AppointmentOut]:
    """List the appointments of the asker's jobs, earliest first: a week from now, or as asked."""
    now = context.services.clock.now()
    start = since or now
    end = until or start + _WEEK
    async with context.services.db.session(staff.org_id) as session:
        await audit(session, staff.who, "people.listed", at=now, about=("appointment", None))
        statement = (
            _everything()
            .where(_mine(staff), _counts(now))
            .where(Appointment.starts_at >= start, Appointment.starts_at < end)
            .order_by(Appointment.starts_at, Appointment.id)
            .limit(500)
        )
        return await appointments_out(context, session, (await session.execute(statement)).all())


@routes.post("/applications/{application_id}/appointments", Permission.book, status_code=201)
async def book_for_candidate(
    context: Ctx, staff: StaffDep, application_id: UUID, body: AppointmentIn
) -> AppointmentOut:
    """Book a time for the candidate, or move theirs to it; it costs them nothing.

    With a named interviewer also outside the hours, as long as nothing else is there, in their own
    calendar neither. 409 `slot_taken`, `too_late`, `not_open`.
    """
    now = context.services.clock.now()
    async with context.services.db.read(staff.org_id) as session:
        about = await open_round(session, application_id)
    # Calendars are asked before anything is locked.
    busy = await taken_elsewhere(context.services, about, about.choosable(now, notice=False))
    async with context.services.db.session(staff.org_id) as session:
        about = await open_round(session, application_id)
        wish = Wish(
            interview_id=about.interview.id,
            starts_at=body.starts_at,
            zone=about.zone,
            hold_until=now + HOLD,
            by_staff=True,
            proposed=True,
            interviewer_id=body.interviewer_id,
        )
        held = await hold(session, wish, staff.who, now=now, busy=busy)
    book = Book(
        org_id=staff.org_id,
        interview_id=held.interview_id,
        appointment_id=held.id,
        actor_id=staff.id,
    )
    try:
        await context.journeys.book(application_id, book)
    except Refusal:
        async with context.services.db.session(staff.org_id) as session:
            await give_up_holds(session, held.interview_id, now=now)
        raise
    return await _booked(context, staff, held.interview_id)


@routes.post("/applications/{application_id}/appointments/cancel", Permission.book)
async def cancel_for_candidate(
    context: Ctx, staff: StaffDep, application_id: UUID
) -> list[AppointmentOut]:
    """Cancel the candidate's time; the invitation stays open, and it costs them nothing."""
    given_up = GiveUpTime(
        org_id=staff.org_id,
        interview_id=await _open_interview(context, staff, application_id),
        actor_id=staff.id,
    )
    await context.journeys.give_up_time(application_id, given_up)
    return await list_appointments(context, staff, application_id)


@routes.post("/applications/{application_id}/appointments/find-another", Permission.book)
async def find_another_time(
    context: Ctx, staff: StaffDep, application_id: UUID
) -> list[AppointmentOut]:
    """The interviewer cannot come: have another time found, or let the candidate choose anew."""
    another = FindAnother(
        org_id=staff.org_id,
        interview_id=await _open_interview(context, staff, application_id),
        actor_id=staff.id,
    )
    await context.journeys.find_another(application_id, another)
    return await list_appointments(context, staff, application_id)


@routes.post("/applications/{application_id}/appointments/propose", Permission.book)
async def propose_again(
    context: Ctx, staff: StaffDep, application_id: UUID
) -> list[AppointmentOut]:
    """Have a time looked for and proposed once more, where Interloop proposes times.

    409 `no_time_found`, `not_proposing`, `time_stands`, `not_open`.
    """
    wish = ProposeAgain(
        org_id=staff.org_id,
        interview_id=await _open_interview(context, staff, application_id),
        actor_id=staff.id,
    )
    await context.journeys.propose_again(application_id, wish)
    return await list_appointments(context, staff, application_id)


@routes.post("/interviews/{interview_id}/meeting", Permission.mark)
async def report_meeting(
    context: Ctx, staff: StaffDep, interview_id: UUID, body: MeetingIn
) -> list[AppointmentOut]:
    """Say that a meeting took place, or that the candidate did not come.

    409 `no_meeting` when none is on, `reported_already` when somebody said otherwise.
    """
    async with context.services.db.read(staff.org_id) as session:
        interview = await must_get(session, Interview, interview_id)
    report = ReportMeeting(
        org_id=staff.org_id, interview_id=interview_id, came=body.came, actor_id=staff.id
    )
    await context.journeys.report_meeting(interview.application_id, report)
    return await list_appointments(context, staff, interview.application_id)


async def _open_interview(context: Context, staff: Staff, application_id: UUID) -> UUID:
    async with context.services.db.read(staff.org_id) as session:
        return (await open_round(session, application_id)).interview.id


async def _booked(context: Context, staff: Staff, interview_id: UUID) -> AppointmentOut:
    async with context.services.db.read(staff.org_id) as session:
        statement = _everything().where(
            Interview.id == interview_id, Appointment.state == AppointmentState.booked
        )
        found = (await session.execute(statement)).all()
        return (await appointments_out(context, session, found))[0]


async def open_round(session: AsyncSession, application_id: UUID) -> Round:
    """Return the candidate's newest round; `Conflict` (`not_open`) when it is over or not there."""
    statement = (
        select(Interview.id)
        .where(Interview.application_id == application_id, Interview.state.not_in(OVER))
        .order_by(Interview.round_no.desc(), Interview.attempt.desc())
    )
    found = (await session.execute(statement)).scalars().first()
    if found is None:
        raise Conflict("no interview is open", code="not_open")
    return await round_of(session, found)


def _everything() -> Select[Appointment, Interview, Application, Candidate, Job]:
    return (
        select(Appointment, Interview, Application, Candidate, Job)
        .join(Interview, Interview.id == Appointment.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
    )


def _counts(now: datetime) -> ColumnElement[bool]:
    """Leave out holds that ran out and what was given up before it was booked."""
    held = and_(Appointment.state == AppointmentState.held, Appointment.hold_until > now)
    given_up = and_(
        Appointment.state == AppointmentState.cancelled, Appointment.hold_until.is_(None)
    )
    stands = (AppointmentState.booked, AppointmentState.kept, AppointmentState.missed)
    return or_(Appointment.state.in_(stands), held, given_up)


def _mine(staff: Staff) -> ColumnElement[bool]:
    """Keep the list to the asker's jobs, and to whom they meet themselves."""
    return or_(sees(staff), Appointment.interviewer_id == staff.id)


async def appointments_out(
    context: Context, session: AsyncSession, found: Sequence[Found]
) -> list[AppointmentOut]:
    """Return appointments with the people and the job they are about."""
    people = await user_refs(session, (row.interviewer_id for row, *_ in found))
    return [
        AppointmentOut(
            id=row.id,
            application_id=application.id,
            interview_id=interview.id,
            round_no=interview.round_no,
            job=JobRef(id=job.id, title=job.title),
            candidate=await candidate_ref(context.services, candidate),
            interviewer=people.get(row.interviewer_id) if row.interviewer_id else None,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            zone=row.zone,
            state=row.state,
            hold_until=row.hold_until,
            proposed=row.proposed,
            sequence=row.sequence,
            place=row.place,
            calendar_state=row.calendar_state,
        )
        for row, interview, application, candidate, job in found
    ]
