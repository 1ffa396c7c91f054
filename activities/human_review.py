"""Puts a review before a person who did not decide, and tells the candidate what came of it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.rows import candidate_of, must_get
from interloop.db.mails import Letter, write_message
from interloop.db.reviewers import reviewers_for
from interloop.db.tables import (
    Application,
    HumanReview,
    MessageKind,
    Task,
    TaskKind,
)
from interloop.db.trail import SYSTEM, audit, changed
from interloop.domain.errors import KeyDestroyed
from interloop.domain.human_review import (
    NoteRun,
    ReviewOpened,
    ReviewRef,
    ReviewStands,
    ReviewState,
)
from interloop.domain.ids import new_id
from interloop.services import Services

_REPLY = {
    ReviewState.upheld: MessageKind.review_upheld,
    ReviewState.reopened: MessageKind.review_reopened,
}


class ReviewSteps:
    """Each step is idempotent by what stands on the row of the review."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def open_review(self, ref: ReviewRef) -> ReviewOpened:
        """Name a person, open their task, write the receipt; idempotent by the assignee."""
        now = self._services.clock.now()
        async with self._services.db.session(ref.org_id) as session:
            review = await must_get(session, HumanReview, ref.review_id, lock=True)
            if review.assignee_id is not None:
                return ReviewOpened(message_id=review.receipt_id)
            application = await must_get(session, Application, review.application_id)
            people = await reviewers_for(session, review)
            review.assignee_id = people[0] if people else None
            await self._open_task(session, application, review, key=str(review.id))
            review.receipt_id = await self._write(session, review, MessageKind.review_receipt)
            about, details = ("human_review", review.id), {"application": str(application.id)}
            await audit(session, SYSTEM, "review.opened", at=now, about=about, details=details)
            return ReviewOpened(message_id=review.receipt_id)

    @activity.defn
    async def read_review(self, ref: ReviewRef) -> ReviewStands:
        """Return how the committed row stands; changes nothing."""
        async with self._services.db.read(ref.org_id) as session:
            review = await must_get(session, HumanReview, ref.review_id)
            return ReviewStands(state=review.state, actor_id=review.answered_by)

    @activity.defn
    async def remind_reviewer(self, ref: ReviewRef) -> None:
        """Bring the review to mind; idempotent by `reminded_at`."""
        now = self._services.clock.now()
        async with self._services.db.session(ref.org_id) as session:
            review = await must_get(session, HumanReview, ref.review_id, lock=True)
            if review.reminded_at is not None or review.state is not ReviewState.asked:
                return
            review.reminded_at = now
            await self._note(session, review, "review.reminded")

    @activity.defn
    async def escalate_review(self, ref: ReviewRef) -> None:
        """Open a task for one more person than the one who is late; idempotent by its key."""
        now = self._services.clock.now()
        async with self._services.db.session(ref.org_id) as session:
            review = await must_get(session, HumanReview, ref.review_id, lock=True)
            if review.escalated_at is not None or review.state is not ReviewState.asked:
                return
            review.escalated_at = now
            application = await must_get(session, Application, review.application_id)
            late = review.assignee_id
            others = [each for each in await reviewers_for(session, review) if each != late]
            review.assignee_id = others[0] if others else late
            await self._open_task(session, application, review, key=f"{review.id}:late")
            await self._note(session, review, "review.escalated")

    @activity.defn
    async def write_reply(self, ref: ReviewRef) -> ReviewOpened:
        """Write the mail that tells the candidate; idempotent by the mail on the row."""
        async with self._services.db.session(ref.org_id) as session:
            review = await must_get(session, HumanReview, ref.review_id, lock=True)
            if review.reply_id is None:
                review.reply_id = await self._write(session, review, _REPLY[review.state])
            return ReviewOpened(message_id=review.reply_id)

    @activity.defn
    async def note_reopened(self, noted: NoteRun) -> None:
        """Write the run that goes on with a reopened application; idempotent by content."""
        async with self._services.db.session(noted.org_id) as session:
            application = await must_get(session, Application, noted.application_id)
            application.run_id = noted.run_id

    async def _write(
        self, session: AsyncSession, review: HumanReview, kind: MessageKind
    ) -> UUID | None:
        """Write a mail of the review; None when the candidate cannot be written to."""
        candidate = await candidate_of(session, review.application_id)
        if candidate.email_sealed is None:
            return None
        letter = Letter(
            application_id=review.application_id,
            kind=kind,
            at=self._services.clock.now(),
            values={"answer_by": review.answer_by},
            by=review.answered_by,
        )
        try:
            message = await write_message(session, self._services.keys, letter)
        except KeyDestroyed:
            return None
        await session.flush()
        return message.id

    async def _note(self, session: AsyncSession, review: HumanReview, action: str) -> None:
        now = self._services.clock.now()
        await audit(session, SYSTEM, action, at=now, about=("human_review", review.id))
        await changed(session, "human_review", review.id, at=now)
        await changed(session, "task", review.id, at=now)

    async def _open_task(
        self, session: AsyncSession, application: Application, review: HumanReview, *, key: str
    ) -> UUID:
        there = await session.scalar(select(Task.id).where(Task.key == key))
        if there is not None:
            return there
        now = self._services.clock.now()
        task = Task(
            id=new_id(),
            org_id=review.org_id,
            application_id=application.id,
            kind=TaskKind.human_review,
            key=key,
            assignee_id=review.assignee_id,
            due_at=review.answer_by,
            created_at=now,
        )
        session.add(task)
        details = {"kind": task.kind.value, "application": str(application.id)}
        about = ("task", task.id)
        await audit(session, SYSTEM, "task.opened", at=now, about=about, details=details)
        await changed(session, "task", task.id, at=now, job_id=application.job_id)
        return task.id
