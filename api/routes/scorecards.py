"""Marks and the scorecard: a person's own mark is stored before any other is shown to them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes, is_member
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.people import box_of
from api.scoring import Card, load_card, shown
from api.shapes.interviews import CriterionCard, MarkIn, ScorecardOut
from interloop.db.rows import must_get, seal_column
from interloop.db.tables import (
    Application,
    Interview,
    InterviewKind,
    InterviewState,
    Mark,
    Scorecard,
)
from interloop.db.trail import audit, changed
from interloop.domain.errors import Conflict, NotFound
from interloop.domain.ids import new_id
from interloop.domain.journey import ScorecardHandedIn
from interloop.domain.mark import Provenance
from interloop.security.permissions import Permission, may
from interloop.security.sealing import KeyClass

routes = Routes("interviews")

CriterionId = Annotated[str, Path(max_length=64)]


@routes.get("/interviews/{interview_id}/scorecard", Permission.see_interviews)
async def get_scorecard(context: Ctx, staff: StaffDep, interview_id: UUID) -> ScorecardOut:
    """Return the scorecard as the asker may see it."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        about = ("interview", interview_id)
        await audit(session, staff.who, "scorecard.viewed", at=now, about=about)
        return await _shown(context, session, staff, interview_id)


@routes.put("/interviews/{interview_id}/marks/{criterion_id}", Permission.mark)
async def set_mark(
    context: Ctx, staff: StaffDep, interview_id: UUID, criterion_id: CriterionId, body: MarkIn
) -> CriterionCard:
    """Store the asker's own mark and reveal the others of this criterion.

    A mark may be changed until the card is submitted; that it was changed is on record.
    """
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        card = await load_card(context.services, session, staff, interview_id)
        _check_open(card)
        criterion = next((c for c in card.rubric.body.criteria if c.id == criterion_id), None)
        if criterion is None:
            raise NotFound("the rubric has no such criterion", code="no_criterion")
        own = card.own(criterion_id)
        action = "mark.given" if own is None else "mark.changed"
        if own is None:
            own = _new_mark(card, criterion_id, now=now)
        await _fill(context, session, own, body, card=card)
        details = {"criterion": criterion_id}
        about = ("interview", interview_id)
        await audit(session, staff.who, action, at=now, about=about, details=details)
        await _say_changed(session, card, now=now)
        await session.flush()
        fresh = await load_card(context.services, session, staff, interview_id)
        return fresh.criterion(criterion)


@routes.post("/interviews/{interview_id}/scorecard/submit", Permission.mark)
async def submit_scorecard(context: Ctx, staff: StaffDep, interview_id: UUID) -> ScorecardOut:
    """Submit the asker's card; once, and only with a mark for every criterion."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        card = await load_card(context.services, session, staff, interview_id)
        _check_open(card)
        if not card.all_own:
            raise Conflict("mark every criterion first", code="marks_missing")
        session.add(
            Scorecard(
                id=new_id(),
                org_id=staff.org_id,
                interview_id=interview_id,
                user_id=staff.id,
                submitted_at=now,
                created_at=now,
            )
        )
        about = ("interview", interview_id)
        await audit(session, staff.who, "scorecard.submitted", at=now, about=about)
        await _say_changed(session, card, now=now)
        await session.flush()
        out = await _shown(context, session, staff, interview_id)
    handed_in = ScorecardHandedIn(org_id=staff.org_id, interview_id=interview_id)
    if card.interview.kind is InterviewKind.human:
        await context.journeys.scorecard_handed_in(card.interview.application_id, handed_in)
    return out


async def _shown(
    context: Context, session: AsyncSession, staff: Staff, interview_id: UUID
) -> ScorecardOut:
    card = await load_card(context.services, session, staff, interview_id)
    application = await must_get(session, Application, card.interview.application_id)
    member = await is_member(session, application.job_id, staff.id)
    allowed = may(staff.role, Permission.mark, member=member) and _is_over(card.interview)
    return shown(card, may_mark=allowed)


def _check_open(card: Card) -> None:
    if card.submitted is not None:
        raise Conflict("the card is submitted", code="scorecard_submitted")
    if not _is_over(card.interview):
        raise Conflict("the interview is not over yet", code="interview_not_over")


def _is_over(interview: Interview) -> bool:
    """Tell whether marks may be given; a person's own interview has no end the system knows."""
    by_person = interview.kind is InterviewKind.human
    return by_person or interview.state is InterviewState.finished


def _new_mark(card: Card, criterion_id: str, *, now: datetime) -> Mark:
    return Mark(
        id=new_id(),
        org_id=card.staff.org_id,
        interview_id=card.interview.id,
        rubric_version_id=card.rubric.id,
        criterion_id=criterion_id,
        provenance=Provenance.human,
        user_id=card.staff.id,
        revealed_at=now,
        created_at=now,
    )


async def _fill(
    context: Context, session: AsyncSession, mark: Mark, body: MarkIn, *, card: Card
) -> None:
    application = await must_get(session, Application, card.interview.application_id)
    box = await box_of(context.services, mark.org_id, application.candidate_id, KeyClass.decision)
    mark.level, mark.abstained = body.level, body.level is None
    seal_column(box, mark, "note_sealed", body.note)
    session.add(mark)


async def _say_changed(session: AsyncSession, card: Card, *, now: datetime) -> None:
    application = await must_get(session, Application, card.interview.application_id)
    await changed(session, "scorecard", card.interview.id, at=now, job_id=application.job_id)
