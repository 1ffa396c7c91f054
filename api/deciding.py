"""What stands around a decision: the one that waits, who was faster, who may be the second."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import Staff
from api.people import box_of, user_refs
from api.shapes.common import Decided, UserRef
from api.shapes.decisions import DecisionOut, OpinionAsked, SecondOut
from interloop.db.rows import must_get, open_column
from interloop.db.tables import (
    Application,
    Decision,
    Interview,
    InterviewState,
    JobMember,
    Scorecard,
    SecondOpinion,
    User,
)
from interloop.domain.deciding import WAITING, DecisionState
from interloop.domain.errors import Conflict
from interloop.security.permissions import Permission, may
from interloop.security.sealing import Box, KeyClass
from interloop.services import Services


class DecidedAlready(Conflict):
    """Somebody was faster; `decided` says who decided what and when."""

    code = "decided_already"

    def __init__(self, decided: Decided, about: UUID) -> None:
        super().__init__("somebody has decided already")
        self.decided, self.about = decided, about


async def decided_already(session: AsyncSession, decision: Decision) -> DecidedAlready:
    """Return the refusal that names this decision."""
    second = await session.scalar(
        select(SecondOpinion).where(SecondOpinion.decision_id == decision.id)
    )
    ids = [decision.decided_by] + ([second.given_by] if second else [])
    people = await user_refs(session, ids)
    decided = Decided(
        kind=decision.kind,
        state=decision.state,
        by=people[decision.decided_by],
        at=decision.created_at,
        second=people[second.given_by] if second else None,
        verdict=second.verdict if second else None,
    )
    return DecidedAlready(decided, decision.id)


async def waiting_decision(session: AsyncSession, application_id: UUID) -> Decision | None:
    """Return the decision that waits for a second person or for the journey."""
    statement = select(Decision).where(
        Decision.application_id == application_id, Decision.state.in_(WAITING)
    )
    return (await session.execute(statement)).scalars().first()


async def newest_applied(session: AsyncSession, application_id: UUID) -> Decision | None:
    """Return the decision that brought the application where it stands."""
    statement = (
        select(Decision)
        .where(Decision.application_id == application_id, Decision.state == DecisionState.applied)
        .order_by(Decision.applied_at.desc())
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def check_somebody_else(session: AsyncSession, staff: Staff, job_id: UUID) -> None:
    """Raise `Conflict` when nobody but the asker could ever confirm on this job."""
    statement = (
        select(User.role)
        .join(JobMember, JobMember.user_id == User.id)
        .where(JobMember.job_id == job_id, User.id != staff.id, User.disabled_at.is_(None))
    )
    roles = (await session.execute(statement)).scalars()
    if not any(may(role, Permission.decide, member=True) for role in roles):
        raise Conflict("add a second person to the job first", code="nobody_to_confirm")


async def has_own_card(session: AsyncSession, user_id: UUID, application_id: UUID) -> bool:
    """Tell whether the person's own card of the last finished interview stands, if there is one."""
    interview_id = await session.scalar(
        select(Interview.id)
        .where(
            Interview.application_id == application_id,
            Interview.state == InterviewState.finished,
        )
        .order_by(Interview.round_no.desc(), Interview.attempt.desc())
        .limit(1)
    )
    if interview_id is None:
        return True
    statement = select(Scorecard.id).where(
        Scorecard.interview_id == interview_id, Scorecard.user_id == user_id
    )
    return await session.scalar(statement) is not None


async def decisions_of(
    services: Services, session: AsyncSession, staff: Staff, application_id: UUID
) -> list[DecisionOut]:
    """Return the decisions about an application as the asker may see them, newest first."""
    application = await must_get(session, Application, application_id)
    statement = (
        select(Decision)
        .where(Decision.application_id == application_id)
        .order_by(Decision.created_at.desc(), Decision.id.desc())
    )
    rows = (await session.execute(statement)).scalars().all()
    seconds = await _seconds(session, rows)
    hands = [row.decided_by for row in rows] + [each.given_by for each in seconds.values()]
    people = await user_refs(session, hands)
    box = await box_of(services, staff.org_id, application.candidate_id, KeyClass.decision)
    own_card = await has_own_card(session, staff.id, application_id)
    return [_out(row, seconds.get(row.id), people, box, staff, own_card=own_card) for row in rows]


async def _seconds(session: AsyncSession, rows: Sequence[Decision]) -> dict[UUID, SecondOpinion]:
    statement = select(SecondOpinion).where(SecondOpinion.decision_id.in_([r.id for r in rows]))
    return {each.decision_id: each for each in (await session.execute(statement)).scalars()}


def _out(  # noqa: PLR0913 - a row and all that stands around it
    row: Decision,
    second: SecondOpinion | None,
    people: dict[UUID, UserRef],
    box: Box,
    staff: Staff,
    *,
    own_card: bool,
) -> DecisionOut:
    mine = row.decided_by == staff.id
    hidden = row.state is DecisionState.proposed and not mine
    return DecisionOut(
        id=row.id,
        kind=row.kind,
        state=row.state,
        reason=None if hidden else open_column(box, row, "reason_sealed") or "",
        decided_by=people[row.decided_by],
        decided_at=row.created_at,
        applied_at=row.applied_at,
        refused_code=row.refused_code,
        message_id=row.message_id,
        second=_second(second, people, box) if second else None,
        asks_you=_asked(staff, own_card=own_card) if hidden else None,
    )


def _asked(staff: Staff, *, own_card: bool) -> OpinionAsked | None:
    if not may(staff.role, Permission.decide, member=True):
        return None
    return "opinion" if own_card else "own_marks_first"


def _second(row: SecondOpinion, people: dict[UUID, UserRef], box: Box) -> SecondOut:
    return SecondOut(
        by=people[row.given_by],
        verdict=row.verdict,
        reason=open_column(box, row, "reason_sealed") or "",
        at=row.created_at,
    )
