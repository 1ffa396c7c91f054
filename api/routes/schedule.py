"""The candidate's own time: what is open, put aside, booked, moved, given up."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from api.access import CANDIDATE, Routes
from api.callers import CandidateCaller, CandidateDep
from api.context import Context, Ctx
from api.shapes.schedule import (
    CandidateScheduleOut,
    ConfirmIn,
    HoldIn,
    HoldOut,
    SlotsOut,
)
from api.times import (
    check_may_choose,
    hold_out,
    own_round,
    own_schedule,
    slots_out,
)
from interloop.db.rows import must_get
from interloop.db.tables import Appointment, Candidate
from interloop.domain.appointment import AppointmentState
from interloop.domain.errors import Conflict, NotFound
from interloop.domain.journey import Book, GiveUpTime
from interloop.domain.schedule import HOLD
from interloop.domain.zones import ZoneName
from interloop.emails.ics import Method, ics
from interloop.scheduling.calendars import taken_elsewhere
from interloop.scheduling.entry import calendar_invites, entry_of
from interloop.scheduling.holding import Wish, hold
from interloop.scheduling.rounds import live_appointment

routes = Routes("candidate")


class CalendarFile(Response):
    """An entry that calendars read, as a file to keep."""

    media_type = "text/calendar"


@routes.get("/candidate/schedule", CANDIDATE)
async def get_own_schedule(context: Ctx, candidate: CandidateDep) -> CandidateScheduleOut:
    """Say which time the candidate has, and what they may do about it."""
    now = context.services.clock.now()
    async with context.services.db.read(candidate.org_id) as session:
        return await own_schedule(session, candidate, now=now)


@routes.get("/candidate/slots", CANDIDATE)
async def list_own_slots(
    context: Ctx, candidate: CandidateDep, zone: Annotated[ZoneName | None, Query()] = None
) -> SlotsOut:
    """List the times that can be chosen now, for a page that stands in `zone`."""
    now = context.services.clock.now()
    async with context.services.db.read(candidate.org_id) as session:
        about = await own_round(session, candidate, now=now)
        await check_may_choose(session, about, now=now)
        busy = await taken_elsewhere(context.services, about, about.choosable(now))
        return await slots_out(session, about, zone=zone, now=now, busy=busy)


@routes.post("/candidate/holds", CANDIDATE, status_code=201)
async def hold_time(context: Ctx, candidate: CandidateDep, body: HoldIn) -> HoldOut:
    """Put a time aside for ten minutes; an earlier one is given back.

    409 `slot_taken` when somebody was faster, `too_late` when it is too near, `not_open` or
    `no_free_change` when no time may be chosen.
    """
    now = context.services.clock.now()
    async with context.services.db.read(candidate.org_id) as session:
        about = await own_round(session, candidate, now=now)
    # Calendars are asked before anything is locked.
    busy = await taken_elsewhere(context.services, about, about.choosable(now))
    async with context.services.db.session(candidate.org_id) as session:
        about = await own_round(session, candidate, now=now)
        await check_may_choose(session, about, now=now)
        about.candidate.zone = body.zone
        wish = Wish(
            interview_id=about.interview.id,
            starts_at=body.starts_at,
            zone=body.zone,
            hold_until=now + HOLD,
        )
        row = await hold(session, wish, candidate.who, now=now, busy=busy)
        return hold_out(row, now)


@routes.post("/candidate/appointment", CANDIDATE)
async def confirm_time(
    context: Ctx, candidate: CandidateDep, body: ConfirmIn
) -> CandidateScheduleOut:
    """Take the time that is put aside, or that was proposed; an earlier one is moved to it.

    410 `hold_expired` when it was put aside for too long; 409 `no_free_change`, `too_late`,
    `not_open`. After a 503 the same hold may be confirmed again: it stays one appointment.
    """
    interview_id = await _own_interview(context, candidate)
    book = Book(org_id=candidate.org_id, interview_id=interview_id, appointment_id=body.hold_id)
    async with context.services.db.session(candidate.org_id) as session:
        row = await must_get(session, Appointment, body.hold_id)
        if row.interview_id != interview_id:
            raise NotFound("no such time", code="no_appointment")
        if body.zone is not None:
            # A proposed time was put aside before the candidate said where they are.
            person = await must_get(session, Candidate, candidate.candidate_id)
            row.zone = person.zone = body.zone
    await context.journeys.book(candidate.application_id, book)
    return await get_own_schedule(context, candidate)


@routes.get("/candidate/appointment.ics", CANDIDATE, response_class=CalendarFile)
async def get_calendar_file(context: Ctx, candidate: CandidateDep) -> CalendarFile:
    """Return the booked time for a calendar: the same entry that the mail about it carries.

    409 `nothing_booked`, or `calendar_invites` where the interviewer's calendar has sent its own.
    """
    services = context.services
    now = services.clock.now()
    async with services.db.read(candidate.org_id) as session:
        about = await own_round(session, candidate, now=now)
        row = await live_appointment(session, about.interview.id, AppointmentState.booked)
        if row is None:
            raise Conflict("no time is booked", code="nothing_booked")
        if await calendar_invites(session, row):
            raise Conflict("the calendar of the other side invites", code="calendar_invites")
        entry = await entry_of(session, row, Method.publish, settings=services.settings, stamp=now)
    headers = {
        "content-disposition": 'attachment; filename="interview.ics"',
        "cache-control": "no-store",
    }
    return CalendarFile(ics(entry), headers=headers)


@routes.post("/candidate/appointment/cancel", CANDIDATE)
async def cancel_time(context: Ctx, candidate: CandidateDep) -> CandidateScheduleOut:
    """Give the booked time up, or decline the proposed one; the invitation stays open.

    409 `nothing_booked`, or `too_late` once it has begun.
    """
    given_up = GiveUpTime(
        org_id=candidate.org_id, interview_id=await _own_interview(context, candidate)
    )
    await context.journeys.give_up_time(candidate.application_id, given_up)
    return await get_own_schedule(context, candidate)


async def _own_interview(context: Context, candidate: CandidateCaller) -> UUID:
    now = context.services.clock.now()
    async with context.services.db.read(candidate.org_id) as session:
        return (await own_round(session, candidate, now=now)).interview.id
