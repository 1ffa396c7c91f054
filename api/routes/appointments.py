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
from api.shapes.schedule import AppointmentOut, StaffSlotOut, StaffSlotsOut
from api.sight import sees
from api.times import minutes_of
from interloop.db.tables import Application, Appointment, Candidate, Interview, Job
from interloop.db.trail import audit
from interloop.domain.appointment import AppointmentState
from interloop.domain.errors import Conflict
from interloop.domain.instants import Instant
from interloop.domain.schedule import load_of
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
        pool = await pool_of(session, about.job.id, now=now) if about.with_person else []
        load = load_of(pool)
        people = await user_refs(session, load)
        within = about.choosable(now, notice=False)
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
            calendar_state=row.calendar_state,
        )
        for row, interview, application, candidate, job in found
    ]
