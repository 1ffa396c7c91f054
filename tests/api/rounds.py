"""A round of interview that is over, for tests."""

from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import (
    Application,
    Interview,
    InterviewKind,
    InterviewState,
    PlanVersion,
    Segment,
    SegmentSource,
)
from interloop.domain.ids import new_id
from interloop.domain.turn import Cursor, Provider
from interloop.services import Services


async def finished_interview(
    services: Services, session: AsyncSession, application: Application, plan: PlanVersion
) -> Interview:
    now = services.clock.now()
    interview = Interview(
        id=new_id(),
        application_id=application.id,
        kind=InterviewKind.ai,
        state=InterviewState.finished,
        plan_version_id=plan.id,
        rubric_version_id=plan.rubric_version_id,
        persona_version_id=plan.persona_version_id,
        cursor=Cursor(greeted=True, index=len(plan.body.questions), closed=True),
        joined_at=now,
        finished_at=now,
        provider=Provider.sandbox,
        created_at=now,
    )
    session.add(interview)
    await session.flush()
    for source, start, end in (
        (SegmentSource.candidate_audio, 0, 4000),
        (SegmentSource.interviewer_audio, 1000, 5000),
        (SegmentSource.candidate_audio, 7000, 9000),
    ):
        session.add(
            Segment(
                id=new_id(),
                interview_id=interview.id,
                epoch=1,
                source=source,
                codec="opus",
                object_key="segments/x",
                start_ms=start,
                end_ms=end,
                created_at=now,
            )
        )
    return interview
