"""Reviews of rejections: what candidates asked for, and a person's answer to it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes, is_member
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.people import box_of, user_refs
from api.shapes.human_review import HumanReviewIn, HumanReviewOut
from interloop.db.reviewers import deciders_of
from interloop.db.rows import must_get, open_column, seal_column
from interloop.db.tables import Application, HumanReview
from interloop.db.trail import audit, changed
from interloop.domain.errors import Conflict, KeyDestroyed
from interloop.domain.human_review import (
    AFTER_ANSWER,
    ReviewAnswered,
    ReviewState,
    check_may_answer,
)
from interloop.security.permissions import Permission, may
from interloop.security.sealing import KeyClass
from interloop.services import Services

routes = Routes("applications")


@routes.get("/applications/{application_id}/reviews", Permission.see_applications)
async def list_reviews(context: Ctx, staff: StaffDep, application_id: UUID) -> list[HumanReviewOut]:
    """List the reviews that the candidate asked for, newest first."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        about = ("application", application_id)
        await audit(session, staff.who, "reviews.viewed", at=now, about=about)
        return await _reviews(context, session, staff, application_id)


@routes.post("/applications/{application_id}/reviews/answer", Permission.answer_review)
async def answer_review(
    context: Ctx, staff: StaffDep, application_id: UUID, body: HumanReviewIn
) -> HumanReviewOut:
    """Uphold the decision with a reason, or have the application looked at anew.

    403 `reviewer_must_differ` for who decided, 409 `review_answered` once somebody was faster.
    After a 503 the same answer may be sent again.
    """
    review_id = await _commit(context, staff, application_id, body)
    told = ReviewAnswered(org_id=staff.org_id, review_id=review_id)
    await context.journeys.review_answered(told)
    async with context.services.db.read(staff.org_id) as session:
        rows = await _reviews(context, session, staff, application_id)
    return next(row for row in rows if row.id == review_id)


async def _commit(
    context: Context, staff: Staff, application_id: UUID, body: HumanReviewIn
) -> UUID:
    now, state = context.services.clock.now(), AFTER_ANSWER[body.answer]
    async with context.services.db.session(staff.org_id) as session:
        application = await must_get(session, Application, application_id, lock=True)
        review = await _newest(session, application_id)
        if review is None:
            raise Conflict("nobody asked for a review", code="review_not_asked")
        if (review.answered_by, review.state) == (staff.id, state):
            return review.id
        deciders = await deciders_of(session, review.decision_id)
        check_may_answer(review.state, asker=staff.id, deciders=deciders)
        review.state, review.answered_by, review.answered_at = state, staff.id, now
        box = await box_of(
            context.services, staff.org_id, application.candidate_id, KeyClass.decision
        )
        seal_column(box, review, "reason_sealed", body.reason)
        about = ("human_review", review.id)
        await audit(session, staff.who, f"review.{state.value}", at=now, about=about)
        await changed(session, "human_review", review.id, at=now, job_id=application.job_id)
        return review.id


async def _newest(session: AsyncSession, application_id: UUID) -> HumanReview | None:
    statement = (
        select(HumanReview)
        .where(HumanReview.application_id == application_id)
        .order_by(HumanReview.created_at.desc())
        .limit(1)
        .with_for_update()
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def _reviews(
    context: Context, session: AsyncSession, staff: Staff, application_id: UUID
) -> list[HumanReviewOut]:
    application = await must_get(session, Application, application_id)
    statement = (
        select(HumanReview)
        .where(HumanReview.application_id == application_id)
        .order_by(HumanReview.created_at.desc())
    )
    rows = (await session.execute(statement)).scalars().all()
    member = await is_member(session, application.job_id, staff.id)
    able = may(staff.role, Permission.answer_review, member=member)
    return [await _out(context, session, staff, application, row, able=able) for row in rows]


async def _out(
    context: Context,
    session: AsyncSession,
    staff: Staff,
    application: Application,
    row: HumanReview,
    *,
    able: bool,
) -> HumanReviewOut:
    services = context.services
    box = await box_of(services, staff.org_id, application.candidate_id, KeyClass.decision)
    people = await user_refs(session, (row.assignee_id, row.answered_by))
    asked = row.state is ReviewState.asked
    deciders = await deciders_of(session, row.decision_id)
    return HumanReviewOut(
        id=row.id,
        decision_id=row.decision_id,
        state=row.state,
        words=await _words(services, application, row),
        asked_at=row.created_at,
        answer_by=row.answer_by,
        late=asked and row.answer_by < services.clock.now(),
        assignee=people.get(row.assignee_id) if row.assignee_id else None,
        answered_by=people.get(row.answered_by) if row.answered_by else None,
        answered_at=row.answered_at,
        reason=open_column(box, row, "reason_sealed"),
        may_answer=asked and able and staff.id not in deciders,
    )


async def _words(services: Services, application: Application, row: HumanReview) -> str | None:
    try:
        box = await box_of(
            services, application.org_id, application.candidate_id, KeyClass.transcript
        )
    except KeyDestroyed:
        return None
    return open_column(box, row, "words_sealed")
