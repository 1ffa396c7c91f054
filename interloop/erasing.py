"""Which workflows are about an application, and whether their histories may be erased."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import (
    Application,
    Appointment,
    HistoryErasure,
    HumanReview,
    Interview,
    Message,
    RecordingExport,
)
from interloop.domain.erasing import Course
from interloop.domain.human_review import ReviewState
from interloop.temporal.ids import (
    calendar_id,
    export_id,
    healing_id,
    journey_id,
    resend_id,
    review_id,
    round_id,
)


async def workflows_of(session: AsyncSession, application_id: UUID) -> list[str]:
    """Return the ids of every workflow about an application.

    News to other systems and uploads are not among them: their histories name a delivery or an
    upload, and no application.
    """
    interviews = list(await session.scalars(_about(Interview, application_id)))
    exports = await session.scalars(_of_interviews(RecordingExport, interviews))
    times = await session.scalars(_of_interviews(Appointment, interviews))
    reviews = await session.scalars(_about(HumanReview, application_id))
    mails = await session.scalars(_about(Message, application_id))
    return [
        journey_id(application_id),
        *(name(interview) for interview in interviews for name in (round_id, healing_id)),
        *(export_id(each) for each in exports),
        *(calendar_id(each) for each in times),
        *(review_id(each) for each in reviews),
        *(resend_id(each) for each in mails),
    ]


async def course_of(
    session: AsyncSession, application: Application, *, but: UUID | None = None
) -> Course:
    """Return what stands in the way of erasing; `but` is an erasing that does not count."""
    reviews = _about(HumanReview, application.id).where(HumanReview.state == ReviewState.asked)
    under_way = _about(HistoryErasure, application.id).where(
        HistoryErasure.gone_at.is_(None),
        HistoryErasure.refused.is_(None),
        HistoryErasure.id != but,
    )
    return Course(
        stage=application.stage,
        review_open=await session.scalar(reviews.limit(1)) is not None,
        being_erased=await session.scalar(under_way.limit(1)) is not None,
    )


def _about(
    table: type[Interview | HumanReview | Message | HistoryErasure], application_id: UUID
) -> Select[UUID]:
    return select(table.id).where(table.application_id == application_id)


def _of_interviews(
    table: type[RecordingExport | Appointment], interviews: list[UUID]
) -> Select[UUID]:
    return select(table.id).where(table.interview_id.in_(interviews))
