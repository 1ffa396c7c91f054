"""The candidate's own time: what is open, put aside, booked, moved, given up."""

from typing import Annotated

from fastapi import Query

from api.access import CANDIDATE, Routes
from api.callers import CandidateDep
from api.context import Ctx
from api.shapes.schedule import CandidateScheduleOut, HoldIn, HoldOut, SlotsOut
from api.times import check_may_choose, hold_out, own_round, own_schedule, slots_out
from interloop.domain.schedule import HOLD
from interloop.domain.zones import ZoneName
from interloop.scheduling.holding import Wish, hold

routes = Routes("candidate")


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
        return await slots_out(session, about, zone=zone, now=now)


@routes.post("/candidate/holds", CANDIDATE, status_code=201)
async def hold_time(context: Ctx, candidate: CandidateDep, body: HoldIn) -> HoldOut:
    """Put a time aside for ten minutes; an earlier one is given back.

    409 `slot_taken` when somebody was faster, `too_late` when it is too near, `not_open` or
    `no_free_change` when no time may be chosen.
    """
    now = context.services.clock.now()
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
        row = await hold(session, wish, candidate.who, now=now)
        return hold_out(row, now)
