"""Builds the scorecard as one person may see it: own mark first, then the others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import Staff
from api.people import box_of, user_refs
from api.shapes.common import UserRef
from api.shapes.interviews import CriterionCard, EvidenceOut, MarkOut, NoTotal, ScorecardOut
from api.words import opened
from interloop.db.rows import must_get, open_column
from interloop.db.tables import (
    Application,
    Evidence,
    Interview,
    Mark,
    RubricVersion,
    Scorecard,
    Turn,
)
from interloop.domain.errors import KeyDestroyed
from interloop.domain.mark import MarkValue, Provenance, Total, total
from interloop.domain.plan import Criterion, Rubric
from interloop.security.sealing import Box, KeyClass
from interloop.services import Services


@dataclass(frozen=True)
class Card:
    """All rows behind one person's scorecard of one interview."""

    interview: Interview
    rubric: RubricVersion
    marks: Sequence[Mark]
    outs: dict[UUID, MarkOut]
    submitted: Scorecard | None
    staff: Staff

    def own(self, criterion_id: str) -> Mark | None:
        """Return the asker's own mark."""
        return next((m for m in self._of(criterion_id) if m.user_id == self.staff.id), None)

    def criterion(self, criterion: Criterion) -> CriterionCard:
        """Return what the asker may see of one criterion."""
        own = self.own(criterion.id)
        rest = [m for m in self._of(criterion.id) if m.user_id != self.staff.id]
        suggested = [m for m in rest if m.provenance is not Provenance.human]
        others = [m for m in rest if m.provenance is Provenance.human]
        shown = own is not None
        return CriterionCard(
            criterion=criterion,
            own=self.outs[own.id] if own else None,
            suggested=self.outs[suggested[-1].id] if suggested and shown else None,
            others=tuple(self.outs[m.id] for m in others) if shown else (),
            hidden=0 if shown else len(rest),
        )

    @property
    def all_own(self) -> bool:
        """Tell whether the asker marked every criterion (a deliberate "cannot tell" counts)."""
        return all(self.own(c.id) is not None for c in self.rubric.body.criteria)

    def own_total(self) -> tuple[Total | None, NoTotal | None]:
        """Return the total of the asker's marks, or why there is none."""
        if self._from_sandbox and self.all_own:
            return None, "sandbox_marks_do_not_count"
        found = _total(self.rubric.body, [m for m in self.marks if m.user_id == self.staff.id])
        return found, None if found else "own_marks_missing"

    def suggested_total(self) -> tuple[Total | None, NoTotal | None]:
        """Return the total of the suggested marks, or why there is none."""
        if not self.all_own:
            return None, "own_marks_missing"
        suggested = [m for m in self.marks if m.provenance is not Provenance.human]
        if self._from_sandbox:
            return None, "sandbox_marks_do_not_count"
        found = _total(self.rubric.body, suggested)
        return found, None if found else "not_scored"

    @property
    def _from_sandbox(self) -> bool:
        """Tell whether the sandbox marked this interview: then no number sums it up."""
        return any(m.provenance is Provenance.sandbox for m in self.marks)

    def _of(self, criterion_id: str) -> list[Mark]:
        return [m for m in self.marks if m.criterion_id == criterion_id]


def shown(card: Card, *, may_mark: bool) -> ScorecardOut:
    """Return the whole scorecard as its asker may see it."""
    own, no_own = card.own_total()
    suggested, no_suggested = card.suggested_total()
    return ScorecardOut(
        interview_id=card.interview.id,
        rubric_version=card.rubric.version,
        criteria=tuple(card.criterion(c) for c in card.rubric.body.criteria),
        submitted_at=card.submitted.submitted_at if card.submitted else None,
        may_mark=may_mark and card.submitted is None,
        total=own,
        no_total=no_own,
        suggested_total=suggested,
        no_suggested_total=no_suggested,
    )


async def load_card(
    services: Services, session: AsyncSession, staff: Staff, interview_id: UUID
) -> Card:
    """Load and open everything a person's scorecard stands on."""
    interview = await must_get(session, Interview, interview_id)
    application = await must_get(session, Application, interview.application_id)
    statement = select(Mark).where(Mark.interview_id == interview_id).order_by(Mark.created_at)
    marks = (await session.execute(statement)).scalars().all()
    people = await user_refs(session, (m.user_id for m in marks))
    candidate_id = application.candidate_id
    notes = await box_of(services, staff.org_id, candidate_id, KeyClass.decision)
    quotes = await _quotes(services, session, staff, candidate_id, marks)
    return Card(
        interview=interview,
        rubric=await must_get(session, RubricVersion, interview.rubric_version_id),
        marks=marks,
        outs={m.id: _out(m, people, notes, quotes[m.id]) for m in marks},
        submitted=await _submitted(session, staff, interview_id),
        staff=staff,
    )


async def _submitted(session: AsyncSession, staff: Staff, interview_id: UUID) -> Scorecard | None:
    statement = select(Scorecard).where(
        Scorecard.interview_id == interview_id,
        Scorecard.user_id == staff.id,
        Scorecard.submitted_at.is_not(None),
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def _quotes(
    services: Services,
    session: AsyncSession,
    staff: Staff,
    candidate_id: UUID,
    marks: Sequence[Mark],
) -> dict[UUID, tuple[EvidenceOut, ...]]:
    """Return the evidence of each mark; no words once the transcript is erased."""
    found: dict[UUID, tuple[EvidenceOut, ...]] = defaultdict(tuple)
    statement = (
        select(Evidence, Turn)
        .join(Turn, Turn.id == Evidence.turn_id)
        .where(Evidence.mark_id.in_([m.id for m in marks]))
        .order_by(Evidence.start_ms, Evidence.start_char)
    )
    rows = (await session.execute(statement)).all()
    try:
        box = await box_of(services, staff.org_id, candidate_id, KeyClass.transcript)
        texts = {said.row.id: said.text for said in opened([turn for _, turn in rows], box)}
    except KeyDestroyed:
        texts = {}
    for evidence, turn in rows:
        found[evidence.mark_id] += (_evidence(evidence, texts.get(turn.id, "")),)
    return found


def _evidence(row: Evidence, text: str) -> EvidenceOut:
    return EvidenceOut(
        turn_id=row.turn_id,
        turn_version=row.turn_version,
        start_char=row.start_char,
        end_char=row.end_char,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        quote=text[row.start_char : row.end_char],
    )


def _out(
    mark: Mark, people: dict[UUID, UserRef], notes: Box, evidence: tuple[EvidenceOut, ...]
) -> MarkOut:
    return MarkOut(
        id=mark.id,
        criterion_id=mark.criterion_id,
        provenance=mark.provenance,
        by=people.get(mark.user_id) if mark.user_id else None,
        level=mark.level,
        abstained=mark.abstained,
        reason_code=mark.reason_code,
        spread_low=mark.spread_low,
        spread_high=mark.spread_high,
        samples=mark.samples,
        quotes_offered=mark.quotes_offered,
        quotes_verified=mark.quotes_verified,
        model=mark.model,
        note=open_column(notes, mark, "note_sealed") or "",
        evidence=evidence,
        created_at=mark.created_at,
    )


def _total(rubric: Rubric, marks: Sequence[Mark]) -> Total | None:
    values = tuple(
        MarkValue(criterion_id=m.criterion_id, level=m.level, provenance=m.provenance)
        for m in marks
    )
    return total(rubric, values)
