"""Inviting: a preview, then an update of the journey that sends exactly that."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.mails import live_plan, take_draft, write_draft
from api.shapes.applications import InvitationIn, InvitationSentOut, PreviewOut
from interloop.db.rows import must_get
from interloop.db.tables import (
    Application,
    Interview,
    InterviewKind,
    InterviewState,
    Message,
    MessageKind,
    MessageState,
)
from interloop.db.trail import audit, changed
from interloop.domain.errors import Conflict, Refusal
from interloop.domain.ids import new_id
from interloop.domain.journey import Invite
from interloop.domain.stage import Stage
from interloop.scheduling.rounds import newest_round
from interloop.security.permissions import Permission

routes = Routes("applications")

_MAIL = {InterviewKind.ai: MessageKind.invite, InterviewKind.human: MessageKind.meet_person}


@routes.post("/applications/{application_id}/invitation/preview", Permission.invite)
async def preview_invitation(
    context: Ctx,
    staff: StaffDep,
    application_id: UUID,
    kind: Annotated[InterviewKind, Query()] = InterviewKind.ai,
) -> PreviewOut:
    """Write the invitation to such a round as a draft, exactly as it will leave."""
    return await write_draft(context.services, staff, application_id, _MAIL[kind])


@routes.post("/applications/{application_id}/invitation", Permission.invite)
async def send_invitation(
    context: Ctx, staff: StaffDep, application_id: UUID, body: InvitationIn
) -> InvitationSentOut:
    """Send the previewed invitation and open the round.

    The rows are committed first, then the journey is told; where it refuses, they are taken back.
    After a 503, or a lost answer, the same `message_id` may be sent again: it stays one invitation,
    also when the mail has left. With `first`, 409
    `already_invited` or `not_in_screening` when somebody was faster.
    """
    interview_id = await _prepare(context, staff, application_id, body)
    invite = Invite(
        org_id=staff.org_id,
        message_id=body.message_id,
        interview_id=interview_id,
        actor_id=staff.id,
        with_person=body.kind is InterviewKind.human,
    )
    try:
        await context.journeys.invite(application_id, invite)
    except Refusal:
        await _take_back(context, staff, body.message_id, interview_id)
        raise
    async with context.services.db.read(staff.org_id) as session:
        application = await must_get(session, Application, application_id)
    return InvitationSentOut(
        interview_id=interview_id, message_id=body.message_id, stage=application.stage
    )


async def _prepare(
    context: Context, staff: Staff, application_id: UUID, body: InvitationIn
) -> UUID:
    """Commit the mail as pending and the round with its pinned versions; return the round."""
    now, message_id = context.services.clock.now(), body.message_id
    async with context.services.db.session(staff.org_id) as session:
        application = await must_get(session, Application, application_id, lock=True)
        kind = _MAIL[body.kind]
        message = await take_draft(session, application_id, message_id, kind, left=True)
        if message.state is not MessageState.draft:
            return await _round_of(session, application, body.kind)
        if body.first:
            await _refuse_second(session, application)
        message.state = MessageState.pending
        interview = await _next_round(session, application, body.kind)
        interview.created_at = now
        session.add(interview)
        about = ("application", application_id)
        details = {"interview": str(interview.id), "message": str(message_id)}
        await audit(session, staff.who, "invited", at=now, about=about, details=details)
        await changed(session, "application", application_id, at=now, job_id=application.job_id)
        return interview.id


async def _refuse_second(session: AsyncSession, application: Application) -> None:
    """Raise `Conflict` when this would not be their first invitation."""
    live = select(Interview.id).where(
        Interview.application_id == application.id, Interview.state != InterviewState.cancelled
    )
    if application.stage is Stage.invited or (
        application.stage is Stage.screening and await session.scalar(live.limit(1))
    ):
        raise Conflict("they are invited already", code="already_invited")
    if application.stage is not Stage.screening:
        raise Conflict("they are past the first invitation", code="not_in_screening")


async def _next_round(
    session: AsyncSession, application: Application, kind: InterviewKind
) -> Interview:
    """Return the next attempt of the running round, or the first of the next after `advance`."""
    plan = await live_plan(session, application.job_id)
    assert plan.rubric_version_id is not None, "a published plan has its rubric"
    assert plan.persona_version_id is not None, "a published plan has its persona"
    round_no, attempt = await newest_round(session, application.id)
    if application.stage is Stage.decided and attempt > 0:
        round_no, attempt = round_no + 1, 0
    return Interview(
        id=new_id(),
        application_id=application.id,
        round_no=round_no,
        attempt=attempt + 1,
        kind=kind,
        state=InterviewState.pending,
        plan_version_id=plan.id,
        rubric_version_id=plan.rubric_version_id,
        persona_version_id=plan.persona_version_id,
    )


async def _round_of(session: AsyncSession, application: Application, kind: InterviewKind) -> UUID:
    statement = (
        select(Interview.id)
        .where(Interview.application_id == application.id, Interview.kind == kind)
        .order_by(Interview.round_no.desc(), Interview.attempt.desc())
    )
    found = (await session.execute(statement.limit(1))).scalars().first()
    if found is None:
        raise Conflict("this mail went with another kind of round", code="not_previewed")
    return found


async def _take_back(context: Context, staff: Staff, message_id: UUID, interview_id: UUID) -> None:
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        message = await must_get(session, Message, message_id, lock=True)
        interview = await must_get(session, Interview, interview_id, lock=True)
        if message.state is MessageState.pending and interview.state is InterviewState.pending:
            message.state = MessageState.draft
            interview.state = InterviewState.cancelled
            about = ("message", message_id)
            await audit(session, staff.who, "invitation.taken_back", at=now, about=about)
