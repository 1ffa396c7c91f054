"""The candidate's own words: to read, to correct and to confirm, until a decision is made."""

from uuid import UUID

from fastapi import BackgroundTasks
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import CANDIDATE, Routes
from api.callers import CandidateCaller, CandidateDep
from api.context import Context, Ctx
from api.invitation import own_rows
from api.people import box_of
from api.shapes.candidate import TranscriptOut, TranscriptTurn, TurnChangeIn
from api.words import Said, opened, said_in
from interloop.db.rows import must_get, seal_column
from interloop.db.tables import Application, Interview, PlanVersion, Turn
from interloop.db.trail import audit, changed
from interloop.db.turns import next_version
from interloop.domain.errors import Conflict, NotFound
from interloop.domain.journey import WordsChanged
from interloop.domain.plan import Plan
from interloop.domain.stage import DECIDED
from interloop.domain.turn import Speaker, TurnState
from interloop.security.sealing import Box, KeyClass

routes = Routes("candidate")


@routes.get("/candidate/transcript", CANDIDATE)
async def get_own_transcript(context: Ctx, candidate: CandidateDep) -> TranscriptOut:
    """Return what was said, to read and to correct."""
    now = context.services.clock.now()
    box = await _box(context, candidate)
    async with context.services.db.read(candidate.org_id) as session:
        own = await own_rows(session, candidate, now=now)
        said = await said_in(session, own.interview.id, box, states=(TurnState.committed,))
    return TranscriptOut(
        may_correct=own.application.stage not in DECIDED,
        turns=tuple(_out(each, own.plan.body) for each in said),
    )


@routes.put("/candidate/turns/{turn_id}", CANDIDATE)
async def change_turn(
    context: Ctx,
    candidate: CandidateDep,
    turn_id: UUID,
    body: TurnChangeIn,
    afterwards: BackgroundTasks,
) -> TranscriptTurn:
    """Correct or confirm one's own words, until a decision is made.

    A correction is a new version; the old one stays, superseded, as what was first heard. Marks
    that were suggested before are suggested anew.
    """
    now = context.services.clock.now()
    box = await _box(context, candidate)
    async with context.services.db.session(candidate.org_id) as session:
        turn, interview = await _own_turn(session, candidate, turn_id)
        application = await must_get(session, Application, candidate.application_id)
        if application.stage in DECIDED:
            raise Conflict("a decision was made already", code="decided_already")
        if body.text is not None:
            turn = await _corrected(session, turn, box, body.text)
            turn.created_at = now
        turn.confirmed_at = now
        action = "turn.corrected" if body.text is not None else "turn.confirmed"
        await audit(session, candidate.who, action, at=now, about=("turn", turn.id))
        await changed(session, "interview", interview.id, at=now, job_id=candidate.job_id)
        plan = await must_get(session, PlanVersion, interview.plan_version_id)
        await session.flush()
    words = WordsChanged(org_id=candidate.org_id, interview_id=interview.id)
    afterwards.add_task(context.journeys.words_changed, candidate.application_id, words)
    return _out(opened([turn], box)[0], plan.body)


async def _box(context: Context, candidate: CandidateCaller) -> Box:
    return await box_of(
        context.services, candidate.org_id, candidate.candidate_id, KeyClass.transcript
    )


async def _own_turn(
    session: AsyncSession, candidate: CandidateCaller, turn_id: UUID
) -> tuple[Turn, Interview]:
    """Return a committed turn of the candidate's own mouth or hand, locked."""
    turn = await must_get(session, Turn, turn_id, lock=True)
    interview = await must_get(session, Interview, turn.interview_id)
    if interview.application_id != candidate.application_id:
        raise NotFound("there is no such turn", code="no_turn")
    if turn.speaker is not Speaker.candidate:
        raise Conflict("these are not your words", code="not_your_words")
    if turn.state is not TurnState.committed:
        raise Conflict("these words have changed since", code="turn_superseded")
    return turn, interview


async def _corrected(session: AsyncSession, turn: Turn, box: Box, text: str) -> Turn:
    """Supersede a turn by its next version; the times of single words no longer hold."""
    newest = select(func.max(Turn.version)).where(
        Turn.interview_id == turn.interview_id, Turn.seq == turn.seq
    )
    following = next_version(turn, (await session.scalar(newest) or turn.version) + 1)
    seal_column(box, following, "text_sealed", text)
    session.add(following)
    return following


def _out(said: Said, plan: Plan) -> TranscriptTurn:
    row = said.row
    questions = {question.id: question.text for question in plan.questions}
    return TranscriptTurn(
        id=row.id,
        seq=row.seq,
        version=row.version,
        speaker=row.speaker,
        source=row.source,
        question=questions.get(row.question_id) if row.question_id else None,
        text=said.text,
        reliable=row.reliable,
        confirmed=row.confirmed_at is not None,
    )
