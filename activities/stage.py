"""Writes where an application stands; the only writer of `application.stage`."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.rows import must_get
from interloop.db.tables import Application
from interloop.db.trail import Who, audit, changed
from interloop.domain.stage import Actor, check_move, check_outcome
from interloop.domain.steps import Move
from interloop.services import Services


class StageSteps:
    """Moves applications along the transition table."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def move_stage(self, move: Move) -> None:
        """Move, or stay and say what is next; idempotent by content: a row that agrees stays.

        Raises `Conflict` when the table has no such move, or not for this kind of actor.
        """
        now = self._services.clock.now()
        async with self._services.db.session(move.org_id) as session:
            application = await must_get(session, Application, move.application_id, lock=True)
            if not _differs(application, move):
                return
            if application.stage is not move.there:
                check_move(application.stage, move.there, by=move.by)
                await _note_move(session, application, move, at=now)
            _apply(application, move)
            await changed(session, "application", application.id, at=now, job_id=application.job_id)


def _differs(application: Application, move: Move) -> bool:
    return (
        application.stage,
        application.waiting_on,
        application.next_step,
        application.due_at,
        application.outcome,
    ) != (move.there, move.waiting_on, move.next_step, move.due_at, move.outcome)


async def _note_move(
    session: AsyncSession, application: Application, move: Move, *, at: datetime
) -> None:
    kind = "user" if move.by is Actor.person else move.by.value
    who = Who(kind=kind, id=move.actor_id)
    details = {"from": application.stage.value, "to": move.there.value}
    about = ("application", application.id)
    await audit(session, who, "application.moved", at=at, about=about, details=details)
    application.stage_since = at


def _apply(application: Application, move: Move) -> None:
    if move.outcome is not None and move.outcome is not application.outcome:
        check_outcome(move.outcome, by=move.by)
    application.stage = move.there
    application.waiting_on = move.waiting_on
    application.next_step = move.next_step.value
    application.due_at = move.due_at
    application.outcome = move.outcome
