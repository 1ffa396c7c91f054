"""Interviews as staff see them: the rounds of a candidate, and everything that was said in one."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.people import box_of, candidate_ref, user_refs
from api.shapes.common import JobRef
from api.shapes.interviews import (
    InterviewOut,
    InterviewRow,
    LiveOut,
    RecordingOut,
    SegmentOut,
    TurnOut,
)
from api.words import Said, said_in
from interloop.db.rows import must_get
from interloop.db.tables import (
    Application,
    Candidate,
    Interview,
    InterviewState,
    Job,
    PlanVersion,
    Recording,
    RecordingState,
    Segment,
    Turn,
)
from interloop.db.trail import audit
from interloop.domain.turn import TurnState, is_evidence
from interloop.security.permissions import Permission
from interloop.security.sealing import KeyClass

routes = Routes("interviews")

_GOING_ON = (InterviewState.live, InterviewState.paused)
_SHOWN = (TurnState.open, TurnState.committed)


@routes.get("/applications/{application_id}/interviews", Permission.see_applications)
async def list_interviews(
    context: Ctx, staff: StaffDep, application_id: UUID
) -> list[InterviewRow]:
    """List the rounds of a candidate, newest first."""
    async with context.services.db.read(staff.org_id) as session:
        statement = (
            select(Interview)
            .where(Interview.application_id == application_id)
            .order_by(Interview.round_no.desc(), Interview.attempt.desc())
        )
        rows = (await session.execute(statement)).scalars().all()
        return [await _row(session, row) for row in rows]


@routes.get("/interviews/{interview_id}", Permission.see_interviews)
async def get_interview(context: Ctx, staff: StaffDep, interview_id: UUID) -> InterviewOut:
    """Return one round with everything that was said."""
    services, now = context.services, context.services.clock.now()
    async with services.db.session(staff.org_id) as session:
        interview = await must_get(session, Interview, interview_id)
        application = await must_get(session, Application, interview.application_id)
        candidate = await must_get(session, Candidate, application.candidate_id)
        box = await box_of(services, staff.org_id, candidate.id, KeyClass.transcript)
        job = await must_get(session, Job, application.job_id)
        plan = await must_get(session, PlanVersion, interview.plan_version_id)
        said = await said_in(session, interview_id, box, states=_SHOWN)
        segments = await _segments(session, interview_id)
        row = await _row(session, interview)
        about = ("interview", interview_id)
        await audit(session, staff.who, "interview.viewed", at=now, about=about)
        return InterviewOut(
            **row.model_dump(),
            application_id=application.id,
            job=JobRef(id=job.id, title=job.title),
            candidate=await candidate_ref(services, candidate),
            questions=plan.body.questions,
            turn_list=tuple(_turn(each) for each in said),
            segments=segments,
            recording=await _recording(session, interview_id),
            live=_live(interview, segments),
            provider=interview.provider,
        )


async def _row(session: AsyncSession, interview: Interview) -> InterviewRow:
    plan = await must_get(session, PlanVersion, interview.plan_version_id)
    people = await user_refs(session, (interview.assignee_id,))
    turns = select(func.count(Turn.id)).where(
        Turn.interview_id == interview.id, Turn.state == TurnState.committed
    )
    return InterviewRow(
        id=interview.id,
        round_no=interview.round_no,
        attempt=interview.attempt,
        kind=interview.kind,
        state=interview.state,
        plan_version=plan.version,
        created_at=interview.created_at,
        open_until=interview.open_until,
        joined_at=interview.joined_at,
        finished_at=interview.finished_at,
        assignee=people.get(interview.assignee_id) if interview.assignee_id else None,
        turns=await session.scalar(turns) or 0,
    )


def _turn(said: Said) -> TurnOut:
    row, confirmed = said.row, said.row.confirmed_at is not None
    return TurnOut(
        id=row.id,
        seq=row.seq,
        version=row.version,
        speaker=row.speaker,
        source=row.source,
        question_id=row.question_id,
        state=row.state,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        text=said.text,
        words=said.words,
        reliable=row.reliable,
        confirmed=confirmed,
        evidence=row.state is TurnState.committed
        and is_evidence(row.speaker, row.source, reliable=row.reliable, confirmed=confirmed),
        provider=row.provider,
    )


async def _segments(session: AsyncSession, interview_id: UUID) -> tuple[SegmentOut, ...]:
    statement = (
        select(Segment)
        .where(Segment.interview_id == interview_id)
        .order_by(Segment.start_ms, Segment.id)
    )
    return tuple(
        SegmentOut(source=row.source, epoch=row.epoch, start_ms=row.start_ms, end_ms=row.end_ms)
        for row in (await session.execute(statement)).scalars()
    )


async def _recording(session: AsyncSession, interview_id: UUID) -> RecordingOut | None:
    statement = select(Recording).where(Recording.interview_id == interview_id)
    row = (await session.execute(statement)).scalar_one_or_none()
    if row is None:
        return None
    playable = row.state is RecordingState.finalised
    # A copy that was made anew has another address: browsers keep media by theirs for a while.
    made = int(row.created_at.timestamp() * 1000)
    return RecordingOut(
        state=row.state,
        duration_ms=row.duration_ms,
        media_type=row.media_type,
        url=f"/api/media/interviews/{interview_id}/recording?v={made}" if playable else None,
        gaps=row.manifest.gaps if row.manifest else (),
        filled_ms=row.manifest.filled_ms if row.manifest else 0,
        picture_filled_ms=row.manifest.picture_filled_ms if row.manifest else 0,
    )


def _live(interview: Interview, segments: tuple[SegmentOut, ...]) -> LiveOut | None:
    """Return how to play a recording that still grows; None before its first sound."""
    if interview.state not in _GOING_ON or not segments:
        return None
    url = f"/api/media/interviews/{interview.id}/live"
    return LiveOut(url=url, recorded_ms=interview.clock_ms)
