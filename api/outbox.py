"""What a person may do with a mail that failed or may have left; nothing does it by itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import Staff
from api.context import Context
from api.shapes.messages import MessageAct
from interloop.db.rows import must_get
from interloop.db.tables import INVITATIONS, Application, Message, MessageState, Task, TaskKind
from interloop.db.trail import audit, changed
from interloop.domain.errors import Conflict, NotFound


def acts_of(message: Message) -> tuple[MessageAct, ...]:
    """Return what may be said of a mail now.

    An invitation that failed opened nothing, so there is nothing for it to lead to: one invites
    anew.
    """
    if message.state is MessageState.ambiguous:
        return ("arrived", "send_again")
    if message.state is MessageState.failed and message.kind not in INVITATIONS:
        return ("send_again",)
    return ()


async def settle(
    context: Context, staff: Staff, application_id: UUID, message_id: UUID, *, act: MessageAct
) -> MessageState:
    """Write down what a person said, and close its task; return how the mail stood before.

    Raises `NotFound`, or `Conflict` (`message_settled`) when somebody was faster.
    """
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        message = await must_get(session, Message, message_id, lock=True)
        if message.application_id != application_id:
            raise NotFound("mail of another application", code="no_message")
        if act not in acts_of(message):
            raise Conflict("this mail stands otherwise by now", code="message_settled")
        before = message.state
        message.state = MessageState.confirmed if act == "arrived" else MessageState.pending
        about, details = ("message", message_id), {"kind": message.kind.value}
        action = "message.confirmed" if act == "arrived" else "message.sent_again"
        await audit(session, staff.who, action, at=now, about=about, details=details)
        application = await must_get(session, Application, application_id)
        await changed(session, "message", message_id, at=now, job_id=application.job_id)
        for task in await _tasks(session, message):
            task.done_at, task.done_by = now, staff.id
            await audit(session, staff.who, "task.done", at=now, about=("task", task.id))
            await changed(session, "task", task.id, at=now, job_id=application.job_id)
        return before


async def take_back(context: Context, staff: Staff, message_id: UUID, state: MessageState) -> None:
    """Put a mail back where it stood: nobody could be told to send it; its task opens again."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        message = await must_get(session, Message, message_id, lock=True)
        if message.state is not MessageState.pending:
            return
        message.state = state
        await _reopen(session, message, at=now)
        about = ("message", message_id)
        await audit(session, staff.who, "message.not_sent_again", at=now, about=about)


async def _tasks(session: AsyncSession, message: Message) -> list[Task]:
    """Return the open tasks about this mail; their key begins with its id."""
    return [task for task in await _all_tasks(session, message) if task.done_at is None]


async def _reopen(session: AsyncSession, message: Message, *, at: datetime) -> None:
    for task in (await _all_tasks(session, message))[-1:]:
        task.done_at = task.done_by = None
        await changed(session, "task", task.id, at=at)


async def _all_tasks(session: AsyncSession, message: Message) -> list[Task]:
    statement = (
        select(Task)
        .where(
            Task.application_id == message.application_id,
            Task.kind == TaskKind.message_failed,
            Task.key.startswith(str(message.id)),
        )
        .order_by(Task.created_at)
    )
    return list((await session.execute(statement)).scalars())
