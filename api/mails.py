"""Mails before they leave: drafts in the outbox whose preview is exactly what is sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import Staff
from api.people import box_of
from api.shapes.applications import PreviewOut
from interloop.db.mails import Letter, opened_mail, write_message
from interloop.db.rows import must_get, open_column
from interloop.db.tables import (
    INVITATIONS,
    Application,
    Candidate,
    Job,
    Message,
    MessageKind,
    MessageState,
    PlanVersion,
    VersionState,
)
from interloop.domain.errors import Conflict
from interloop.domain.language import Language
from interloop.domain.rules import rules_for
from interloop.security.sealing import KeyClass
from interloop.services import Services


async def live_plan(session: AsyncSession, job_id: UUID) -> PlanVersion:
    """Return the newest published plan; `Conflict` (`no_published_plan`) when there is none."""
    statement = (
        select(PlanVersion)
        .where(PlanVersion.job_id == job_id, PlanVersion.state == VersionState.published)
        .order_by(PlanVersion.version.desc())
    )
    plan = (await session.execute(statement)).scalars().first()
    if plan is None:
        raise Conflict("publish the plan first", code="no_published_plan")
    return plan


async def write_draft(
    services: Services, staff: Staff, application_id: UUID, kind: MessageKind
) -> PreviewOut:
    """Write a mail of this kind as a draft and return it as it will leave.

    Raises `Conflict`: `no_email`, or `no_published_plan` for an invitation.
    """
    now = services.clock.now()
    async with services.db.session(staff.org_id) as session:
        application = await must_get(session, Application, application_id)
        job = await must_get(session, Job, application.job_id)
        candidate = await must_get(session, Candidate, application.candidate_id)
        box = await box_of(services, staff.org_id, candidate.id, KeyClass.identity)
        to = open_column(box, candidate, "email_sealed")
        if to is None:
            raise Conflict("type the candidate's address first", code="no_email")
        await _drop_older(session, staff, application_id, kind)
        letter = Letter(
            application_id=application_id,
            kind=kind,
            at=now,
            values=await _values(session, job, kind=kind, now=now),
            by=staff.id,
            state=MessageState.draft,
        )
        message = await write_message(session, services.keys, letter)
        mail = opened_mail(box, message)
    return PreviewOut(
        message_id=message.id,
        kind=kind,
        language=Language(message.language),
        to=to,
        rules=rules_for(job.place, candidate.place, now),
        **mail.model_dump(),
    )


async def take_draft(
    session: AsyncSession,
    application_id: UUID,
    message_id: UUID,
    kind: MessageKind,
    *,
    left: bool = False,
) -> Message:
    """Return a previewed mail of this application and kind; it may stand in the outbox already.

    With `left` it may have left as well. Raises `Conflict` (`not_previewed`) for any other.
    """
    message = await session.get(Message, message_id, with_for_update=True)
    fits = message is not None and (message.application_id, message.kind) == (application_id, kind)
    if message is None or not fits or message.state not in (_TAKEN | _LEFT if left else _TAKEN):
        raise Conflict("look at the preview first", code="not_previewed")
    return message


_TAKEN = frozenset({MessageState.draft, MessageState.pending})
_LEFT = frozenset(
    {MessageState.sending, MessageState.sent, MessageState.ambiguous, MessageState.confirmed}
)


async def _values(
    session: AsyncSession, job: Job, *, kind: MessageKind, now: datetime
) -> dict[str, str | datetime]:
    if kind not in INVITATIONS:
        return {}
    minutes = (await live_plan(session, job.id)).body.minutes
    if kind is MessageKind.meet_person:
        minutes = int(job.policy.slot.total_seconds() // 60)
    return {"minutes": str(minutes), "open_until": now + job.policy.invitation}


async def _drop_older(
    session: AsyncSession, staff: Staff, application_id: UUID, kind: MessageKind
) -> None:
    await session.execute(
        delete(Message).where(
            Message.application_id == application_id,
            Message.kind == kind,
            Message.created_by == staff.id,
            Message.state == MessageState.draft,
        )
    )
