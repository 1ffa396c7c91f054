"""Finds reviews that were asked for while Temporal was away, and notes the run of those started."""

from sqlalchemy import select

from activities.errors import reaching_database
from activities.rows import must_get
from activities.sweep import organizations
from interloop.db.tables import Application, HumanReview, Job
from interloop.domain.human_review import HumanReviewInput, ReviewState, remind_at
from interloop.services import Services


async def lost_reviews(services: Services) -> list[HumanReviewInput]:
    """Return every open review without a run, of every organisation.

    Raises `Unavailable` while the database is away.
    """
    statement = (
        select(HumanReview, Job)
        .join(Application, Application.id == HumanReview.application_id)
        .join(Job, Job.id == Application.job_id)
        .where(HumanReview.run_id.is_(None), HumanReview.state == ReviewState.asked)
    )
    found: list[HumanReviewInput] = []
    with reaching_database():
        for org_id in await organizations(services):
            async with services.db.read(org_id) as session:
                found += [review_input(r, j) for r, j in await session.execute(statement)]
    return found


def review_input(review: HumanReview, job: Job) -> HumanReviewInput:
    """Return what a review's workflow starts with."""
    return HumanReviewInput(
        org_id=review.org_id,
        review_id=review.id,
        application_id=review.application_id,
        job_id=job.id,
        remind_at=remind_at(review.created_at, review.answer_by),
        answer_by=review.answer_by,
    )


async def note_review_run(services: Services, given: HumanReviewInput, run_id: str) -> None:
    """Write the run id on the row; idempotent by content."""
    async with services.db.session(given.org_id) as session:
        row = await must_get(session, HumanReview, given.review_id)
        row.run_id = run_id
