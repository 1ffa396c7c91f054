"""Opens and closes the rounds of an application."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.rows import must_get
from interloop.db.tables import Application, Interview, InterviewState, Waiting
from interloop.db.trail import SYSTEM, audit, changed
from interloop.domain.appointment import RoundPlan
from interloop.domain.reminders import nudges_for
from interloop.domain.steps import CloseRound, InterviewRef, OpenRound
from interloop.scheduling.rounds import Round, round_of
from interloop.services import Services

_OVER = frozenset({InterviewState.finished, InterviewState.cancelled})


class InterviewSteps:
    """Opens, looks at and closes interviews."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def open_round(self, opening: OpenRound) -> RoundPlan | None:
        """Let the candidate in until an instant and say what leads there; idempotent by content.

        Journeys that began before there were times have heard nothing here, and go on as they did.
        """
        now = self._services.clock.now()
        async with self._services.db.session(opening.org_id) as session:
            about = await round_of(session, opening.interview_id, lock=True)
            about.interview.open_until = opening.open_until
            if about.interview.state is InterviewState.pending:
                await _set(session, about.interview, InterviewState.ready, at=now)
            return _plan(about, opening)

    @activity.defn
    async def read_epoch(self, ref: InterviewRef) -> int:
        """Return the newest epoch a gateway has written; changes nothing."""
        async with self._services.db.read(ref.org_id) as session:
            return (await must_get(session, Interview, ref.interview_id)).epoch

    @activity.defn
    async def close_round(self, closing: CloseRound) -> None:
        """End a round and fence out gateways by a higher epoch; idempotent by its state."""
        now = self._services.clock.now()
        async with self._services.db.session(closing.org_id) as session:
            interview = await must_get(session, Interview, closing.interview_id, lock=True)
            if interview.state in _OVER:
                return
            await session.execute(delete(Waiting).where(Waiting.interview_id == interview.id))
            interview.epoch += 1
            interview.gateway_id = interview.gateway_address = None
            interview.finished_at = now
            state = InterviewState.finished if closing.finished else InterviewState.cancelled
            await _set(session, interview, state, at=now)


def _plan(about: Round, opening: OpenRound) -> RoundPlan | None:
    if opening.now is None:
        return None
    policy = about.policy
    return RoundPlan(
        way=about.way,
        with_person=about.with_person,
        nudges=nudges_for(opening.now, opening.open_until, policy.nudges, zone=about.zone),
    )


async def _set(
    session: AsyncSession, interview: Interview, state: InterviewState, *, at: datetime
) -> None:
    application = await must_get(session, Application, interview.application_id)
    interview.state = state
    about = ("interview", interview.id)
    await audit(session, SYSTEM, f"interview.{state.value}", at=at, about=about)
    await changed(session, "interview", interview.id, at=at, job_id=application.job_id)
