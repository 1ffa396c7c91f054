"""Who may review a rejection: people with the permission who had no hand in it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.rows import must_get
from interloop.db.tables import (
    Application,
    Decision,
    HumanReview,
    Job,
    JobMember,
    SecondOpinion,
    User,
)
from interloop.security.permissions import Permission, may


async def deciders_of(session: AsyncSession, decision_id: UUID) -> frozenset[UUID]:
    """Return who made a decision and who seconded it."""
    decision = await must_get(session, Decision, decision_id)
    second = await session.scalar(
        select(SecondOpinion.given_by).where(SecondOpinion.decision_id == decision_id)
    )
    return frozenset({decision.decided_by} | ({second} if second else set()))


async def reviewers_for(session: AsyncSession, review: HumanReview) -> list[UUID]:
    """Return who may answer, the likeliest first: the job's opener, its team, then others."""
    application = await must_get(session, Application, review.application_id)
    job = await must_get(session, Job, application.job_id)
    members = set(
        await session.scalars(select(JobMember.user_id).where(JobMember.job_id == job.id))
    )
    deciders = await deciders_of(session, review.decision_id)
    people = await session.scalars(
        select(User).where(User.disabled_at.is_(None)).order_by(User.created_at, User.id)
    )
    able = [
        user.id
        for user in people
        if user.id not in deciders
        and may(user.role, Permission.answer_review, member=user.id in members)
    ]
    return sorted(able, key=lambda each: (each != job.created_by, each not in members))
