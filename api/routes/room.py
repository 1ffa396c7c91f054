"""Where the candidate's interview is held: the way to a gateway, and where it stands."""

import asyncio
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import CANDIDATE, Routes
from api.callers import CandidateCaller, CandidateDep
from api.context import Context, Ctx
from api.invitation import STARTABLE, Own, own_rows
from api.session import digest
from api.shapes.candidate import CandidateInterviewOut, JoinIn, JoinOut, WaitingOut
from api.waiting import place_in_line
from interloop.db.rows import must_get
from interloop.db.stops import refuse_when_stopped
from interloop.db.tables import Interview, InterviewState, Ticket
from interloop.db.trail import audit
from interloop.domain.errors import Conflict, Forbidden, Gone, Unavailable
from interloop.domain.ids import new_id
from interloop.domain.journey import Join
from interloop.domain.stage import DECIDED, Outcome, Stage
from interloop.security.turn import IceServer, ice_servers

routes = Routes("candidate")

TICKET_LIFETIME = timedelta(seconds=30)
LOOK_EVERY_S = 0.2
FIRST_WAIT_S = 4.0
"""How long a first join waits for a room before it says so."""
TAKEOVER_WAIT_S = 10.0
"""How long a lost line waits for another gateway."""


@routes.post("/candidate/join", CANDIDATE, responses={202: {"model": WaitingOut}})
async def join_interview(
    context: Ctx, candidate: CandidateDep, body: JoinIn, response: Response
) -> JoinOut | WaitingOut:
    """Say where to join, with a one-time ticket; 202 while no room is free.

    409 `organization_stopped` while the organisation has stopped all interviews.
    """
    now = context.services.clock.now()
    async with context.services.db.session(candidate.org_id) as session:
        own = await own_rows(session, candidate, now=now)
        # Whoever tried has not stayed away, whatever comes of it.
        own.interview.tried_at = now
        await refuse_when_stopped(session)
    _check(own, now)
    interview = own.interview
    if not _is_held(interview, after=body.failed_epoch):
        await _ask_for_room(context, candidate, interview)
        interview = await _wait_for_room(context, candidate, interview.id, body.failed_epoch)
    if interview.state is not InterviewState.live or interview.gateway_address is None:
        if interview.state not in STARTABLE:
            raise Gone("the interview is over", code="interview_over")
        response.status_code = 202
        place = await place_in_line(
            context.services, candidate.org_id, interview.id, now=context.services.clock.now()
        )
        return WaitingOut(place=place)
    ticket = await _make_ticket(context, candidate, interview)
    return JoinOut(
        address=interview.gateway_address,
        ticket=ticket,
        epoch=interview.epoch,
        ice_servers=_relays(context, interview.id),
    )


@routes.get("/candidate/interview", CANDIDATE)
async def get_own_interview(context: Ctx, candidate: CandidateDep) -> CandidateInterviewOut:
    """Say where the candidate's interview stands."""
    now = context.services.clock.now()
    async with context.services.db.read(candidate.org_id) as session:
        return await own_interview(session, candidate, now=now)


async def own_interview(
    session: AsyncSession, candidate: CandidateCaller, *, now: datetime
) -> CandidateInterviewOut:
    """Return where the interview stands, with no word about marks or outcome."""
    own = await own_rows(session, candidate, now=now)
    questions = len(own.plan.body.questions)
    stage = own.application.stage
    # While a meeting's scorecard is awaited, what is due is the interviewer's, not the answer.
    in_review = stage is Stage.in_review
    return CandidateInterviewOut(
        id=own.interview.id,
        kind=own.interview.kind,
        state=own.interview.state,
        stage=stage,
        consented=own.agreed,
        questions=questions,
        question_no=min(max(own.interview.cursor.index + 1, 0), questions),
        joined_at=own.interview.joined_at,
        finished_at=own.interview.finished_at,
        open_until=own.interview.open_until,
        answer_by=own.application.due_at if in_review else None,
        may_correct=stage not in DECIDED,
        withdrawn=own.application.outcome is Outcome.withdrawn,
    )


def _check(own: Own, now: datetime) -> None:
    """Raise the reason why this interview cannot be joined now, if there is one."""
    if own.interview.state is InterviewState.pending:
        raise Conflict("the interview is not open yet", code="not_open_yet")
    if own.interview.state not in STARTABLE:
        raise Gone("the interview is over", code="interview_over")
    if not own.agreed:
        raise Forbidden("read the notice and agree first", code="consent_first")
    if own.interview.open_until is not None and own.interview.open_until <= now:
        raise Gone("the invitation has ended", code="invitation_expired")
    if not own.may_start(now):
        raise Conflict("the interview is not open yet", code="not_open_yet")


def _is_held(interview: Interview, *, after: int | None) -> bool:
    """Tell whether a gateway holds the interview at an epoch that has not failed."""
    newer = after is None or interview.epoch > after
    held = interview.state is InterviewState.live and interview.gateway_address is not None
    return held and newer


async def _ask_for_room(context: Context, candidate: CandidateCaller, interview: Interview) -> None:
    """Tell the journey; while it is away, a gateway that holds the interview is enough."""
    join = Join(org_id=candidate.org_id, interview_id=interview.id)
    try:
        await context.journeys.join(candidate.application_id, join)
    except Unavailable:
        if not _is_held(interview, after=None):
            raise


async def _wait_for_room(
    context: Context, candidate: CandidateCaller, interview_id: UUID, failed: int | None
) -> Interview:
    """Return the interview once a newer gateway holds it, or as it stands when time is up."""
    patience = FIRST_WAIT_S if failed is None else TAKEOVER_WAIT_S
    for _ in range(int(patience / LOOK_EVERY_S)):
        async with context.services.db.read(candidate.org_id) as session:
            interview = await must_get(session, Interview, interview_id)
        if _is_held(interview, after=failed) or interview.state not in STARTABLE:
            break
        await asyncio.sleep(LOOK_EVERY_S)
    return interview


def _relays(context: Context, interview_id: UUID) -> tuple[IceServer, ...]:
    settings, now = context.services.settings, context.services.clock.now()
    secret = settings.turn_secret.get_secret_value()
    return ice_servers(settings.turn_urls, secret, about=interview_id, now=now)


async def _make_ticket(context: Context, candidate: CandidateCaller, interview: Interview) -> str:
    now = context.services.clock.now()
    ticket = secrets.token_urlsafe(32)
    async with context.services.db.session(candidate.org_id) as session:
        session.add(
            Ticket(
                id=new_id(),
                org_id=candidate.org_id,
                interview_id=interview.id,
                epoch=interview.epoch,
                token_hash=digest(ticket),
                expires_at=now + TICKET_LIFETIME,
                created_at=now,
            )
        )
        about, details = ("interview", interview.id), {"epoch": str(interview.epoch)}
        await audit(session, candidate.who, "ticket.given", at=now, about=about, details=details)
    return ticket
