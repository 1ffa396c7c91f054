"""The candidate asks for another person to look at a rejection, and sees where that stands."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import CANDIDATE, Routes
from api.callers import CandidateCaller, CandidateDep
from api.context import Context, Ctx
from api.people import box_of
from api.shapes.candidate import PersonToAsk
from api.shapes.human_review import OwnReviewOut, ReviewAskIn
from interloop.db.rows import must_get, open_column, seal_column
from interloop.db.tables import (
    Application,
    Decision,
    DecisionKind,
    HumanReview,
    Job,
    Organization,
    User,
)
from interloop.db.trail import audit, changed
from interloop.domain.deciding import DecisionState
from interloop.domain.errors import KeyDestroyed
from interloop.domain.human_review import HumanReviewInput, check_may_ask, remind_at
from interloop.domain.ids import new_id
from interloop.domain.stage import Outcome
from interloop.security.sealing import KeyClass
from workflows.start import policy_of

routes = Routes("candidate")


@routes.get("/candidate/review", CANDIDATE)
async def get_own_review(context: Ctx, candidate: CandidateDep) -> OwnReviewOut:
    """Say whether a review may be asked for, and where the one that was asked for stands."""
    async with context.services.db.read(candidate.org_id) as session:
        return await _picture(context, session, candidate)


@routes.post("/candidate/review", CANDIDATE)
async def ask_for_review(context: Ctx, candidate: CandidateDep, body: ReviewAskIn) -> OwnReviewOut:
    """Ask for another person to review the rejection; asking twice is asking once.

    409: `nothing_to_review`, or `review_too_late`.
    """
    given = await _commit(context, candidate, body)
    if given is not None:
        await context.journeys.start_review(given)
    async with context.services.db.read(candidate.org_id) as session:
        return await _picture(context, session, candidate)


async def _commit(
    context: Context, candidate: CandidateCaller, body: ReviewAskIn
) -> HumanReviewInput | None:
    services, now = context.services, context.services.clock.now()
    async with services.db.session(candidate.org_id) as session:
        application = await must_get(session, Application, candidate.application_id, lock=True)
        job = await must_get(session, Job, application.job_id)
        decision = await _rejection(session, application)
        if decision is not None and await _review_of(session, decision) is not None:
            return None
        check_may_ask(
            rejected_at=decision.applied_at if decision else None,
            within=job.policy.review_request,
            now=now,
        )
        assert decision is not None, "what may be asked about is there"
        review = HumanReview(
            id=new_id(),
            org_id=candidate.org_id,
            application_id=application.id,
            decision_id=decision.id,
            answer_by=now + job.policy.review_answer,
            created_at=now,
        )
        if body.words.strip():
            box = await box_of(
                services, candidate.org_id, candidate.candidate_id, KeyClass.transcript
            )
            seal_column(box, review, "words_sealed", body.words.strip())
        session.add(review)
        about = ("human_review", review.id)
        details = {"application": str(application.id)}
        await audit(session, candidate.who, "review.asked", at=now, about=about, details=details)
        await changed(session, "human_review", review.id, at=now, job_id=job.id)
        return HumanReviewInput(
            org_id=candidate.org_id,
            review_id=review.id,
            application_id=application.id,
            job_id=job.id,
            remind_at=remind_at(now, review.answer_by),
            answer_by=review.answer_by,
            policy=policy_of(services.settings, job.policy),
        )


async def _rejection(session: AsyncSession, application: Application) -> Decision | None:
    """Return the decision that this application was rejected by, while it is."""
    if application.outcome is not Outcome.rejected:
        return None
    statement = (
        select(Decision)
        .where(
            Decision.application_id == application.id,
            Decision.kind == DecisionKind.reject,
            Decision.state == DecisionState.applied,
        )
        .order_by(Decision.applied_at.desc())
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def _review_of(session: AsyncSession, decision: Decision) -> HumanReview | None:
    statement = select(HumanReview).where(HumanReview.decision_id == decision.id)
    return (await session.execute(statement)).scalar_one_or_none()


async def _newest_review(session: AsyncSession, application: Application) -> HumanReview | None:
    statement = (
        select(HumanReview)
        .where(HumanReview.application_id == application.id)
        .order_by(HumanReview.created_at.desc())
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def _picture(
    context: Context, session: AsyncSession, candidate: CandidateCaller
) -> OwnReviewOut:
    now = context.services.clock.now()
    application = await must_get(session, Application, candidate.application_id)
    job = await must_get(session, Job, application.job_id)
    organization = await session.get_one(Organization, candidate.org_id)
    opener = await must_get(session, User, job.created_by)
    decision = await _rejection(session, application)
    review = await _newest_review(session, application)
    if decision is not None and review is not None and review.decision_id != decision.id:
        review = None
    until = _ask_until(job, decision)
    decider = await must_get(session, User, decision.decided_by) if decision else None
    return OwnReviewOut(
        organization=organization.name,
        job_title=job.title,
        may_ask=review is None and until is not None and now <= until,
        ask_until=until,
        decided_by=decider.name if decider else None,
        state=review.state if review else None,
        asked_at=review.created_at if review else None,
        answer_by=review.answer_by if review else None,
        answered_at=review.answered_at if review else None,
        words=await _words(context, candidate, review),
        contact=PersonToAsk(name=opener.name, email=opener.email),
    )


def _ask_until(job: Job, decision: Decision | None) -> datetime | None:
    if decision is None or decision.applied_at is None:
        return None
    return decision.applied_at + job.policy.review_request


async def _words(context: Context, candidate: CandidateCaller, review: HumanReview | None) -> str:
    if review is None or review.words_sealed is None:
        return ""
    try:
        box = await box_of(
            context.services, candidate.org_id, candidate.candidate_id, KeyClass.transcript
        )
    except KeyDestroyed:
        return ""
    return open_column(box, review, "words_sealed") or ""
