"""Puts things before people, and takes them away when they are done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.rows import must_get
from interloop.db.tables import Application, Job, Task, TaskKind
from interloop.db.trail import SYSTEM, Who, audit, changed
from interloop.domain.ids import new_id
from interloop.domain.steps import OpenTask, SettleTasks
from interloop.services import Services


class TaskSteps:
    """Opens and settles tasks."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def open_task(self, task: OpenTask) -> UUID:
        """Open a task for whoever made the job; idempotent by (application, kind, key)."""
        now = self._services.clock.now()
        async with self._services.db.session(task.org_id) as session:
            return await open_task_row(session, task, at=now)

    @activity.defn
    async def settle_tasks(self, settle: SettleTasks) -> None:
        """Mark open tasks as done; idempotent by their `done_at`."""
        now = self._services.clock.now()
        who = Who(kind="user", id=settle.actor_id) if settle.actor_id else SYSTEM
        async with self._services.db.session(settle.org_id) as session:
            rows = await _open(session, settle)
            if not rows:
                return
            application = await must_get(session, Application, settle.application_id)
            for row in rows:
                row.done_at, row.done_by = now, settle.actor_id
                await audit(session, who, "task.done", at=now, about=("task", row.id))
                await changed(session, "task", row.id, at=now, job_id=application.job_id)


async def open_task_row(session: AsyncSession, task: OpenTask, *, at: datetime) -> UUID:
    """Put a task before somebody in this transaction; idempotent as `open_task` is."""
    application = await must_get(session, Application, task.application_id, lock=True)
    there = await _find(session, task)
    if there is not None:
        return there.id
    job = await must_get(session, Job, application.job_id)
    row = Task(
        id=new_id(),
        org_id=task.org_id,
        application_id=application.id,
        kind=TaskKind(task.kind),
        key=task.key,
        assignee_id=task.assignee_id or job.created_by,
        due_at=task.due_at,
        created_at=at,
    )
    session.add(row)
    details = {"kind": task.kind, "application": str(application.id)}
    await audit(session, SYSTEM, "task.opened", at=at, about=("task", row.id), details=details)
    await changed(session, "task", row.id, at=at, job_id=application.job_id)
    return row.id


async def _find(session: AsyncSession, task: OpenTask) -> Task | None:
    statement = select(Task).where(
        Task.application_id == task.application_id,
        Task.kind == TaskKind(task.kind),
        Task.key == task.key,
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def _open(session: AsyncSession, settle: SettleTasks) -> list[Task]:
    statement = select(Task).where(
        Task.application_id == settle.application_id, Task.done_at.is_(None)
    )
    if settle.kinds:
        statement = statement.where(Task.kind.in_([TaskKind(kind) for kind in settle.kinds]))
    return list((await session.execute(statement)).scalars())
