"""Loads everything a gateway needs to hold an interview: plan, cursor and the turns so far."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import (
    Application,
    Interview,
    PersonaVersion,
    PlanVersion,
    PurposeConsent,
    Turn,
)
from interloop.domain.calls import InterviewInput
from interloop.domain.errors import NotFound, Superseded
from interloop.domain.live_model import capabilities_of
from interloop.domain.patience import Patience
from interloop.domain.plan import Plan
from interloop.domain.turn import Cursor, Speaker, TurnSource, TurnState
from interloop.security.sealing import Box, KeyClass, place_of
from interloop.services import Services


@dataclass
class HeldTurn:
    """A turn in the gateway's hands; `text` is plain and never leaves it but sealed."""

    id: UUID
    first_id: UUID
    """The id of its first version: what the page knows the turn by."""
    seq: int
    speaker: Speaker
    source: TurnSource
    question_id: str | None
    start_ms: int
    end_ms: int
    text: str = ""
    state: TurnState = TurnState.open
    reliable: bool = True
    answer_id: UUID | None = None
    version: int = 1
    stored: bool = False
    generated: str = ""
    """What the model was given or made to say; `text` is what the candidate heard of it."""


@dataclass(frozen=True)
class Opening:
    """An interview as it stands in the database when a gateway takes it."""

    org_id: UUID
    interview_id: UUID
    candidate_id: UUID
    epoch: int
    plan: Plan
    cursor: Cursor
    clock_ms: int
    joined_at: datetime | None
    finished: bool
    """Whether an earlier gateway finished it, and was lost before it could say so."""
    turns: tuple[HeldTurn, ...]
    """Without superseded ones."""
    last_seq: int
    records: bool
    """Whether the candidate agreed to being recorded."""
    live_handle: str | None
    """With which the conversation with the model may be continued, when it is recent."""
    transcript: Box
    media: Box

    @property
    def patience(self) -> Patience:
        """Return how long a silence may last, as far as it was learned."""
        return Patience(bounds=self.plan.persona.patience, doubt=self.cursor.doubt)


async def load(services: Services, held: InterviewInput) -> Opening:
    """Read the interview; `Superseded` when its epoch is not (or no longer) ours."""
    async with services.db.read(held.org_id) as session:
        row = await session.get(Interview, held.interview_id)
        if row is None or row.org_id != held.org_id:
            raise NotFound("no such interview")
        if row.epoch != held.epoch:
            raise Superseded("interview has another epoch")
        plan = await session.get_one(PlanVersion, row.plan_version_id)
        persona = await session.get_one(PersonaVersion, row.persona_version_id)
        application = await session.get_one(Application, row.application_id)
        turns = list(
            await session.scalars(
                select(Turn).where(Turn.interview_id == row.id).order_by(Turn.seq, Turn.version)
            )
        )
        refused = await _word(session, row.application_id, "recording") is False
    first = {turn.seq: turn.id for turn in reversed(turns)}
    box = await services.keys.box(held.org_id, application.candidate_id, KeyClass.transcript)
    return Opening(
        org_id=held.org_id,
        interview_id=row.id,
        candidate_id=application.candidate_id,
        epoch=row.epoch,
        plan=plan.body.model_copy(update={"persona": persona.body}),
        cursor=row.cursor,
        clock_ms=row.clock_ms,
        joined_at=row.joined_at,
        finished=row.finished_at is not None,
        turns=tuple(
            _held(turn, first[turn.seq], box)
            for turn in turns
            if turn.state is not TurnState.superseded
        ),
        last_seq=max((turn.seq for turn in turns), default=0),
        records=not refused,
        live_handle=_live_handle(services, row, box),
        transcript=box,
        media=await services.keys.box(held.org_id, application.candidate_id, KeyClass.media),
    )


def _live_handle(services: Services, row: Interview, box: Box) -> str | None:
    """Return the handle that an earlier gateway left, unless the service has forgotten it."""
    if row.live_handle_sealed is None or row.live_handle_at is None:
        return None
    settings = services.settings
    can = capabilities_of(settings.live_model, settings.live_capabilities)
    if (services.clock.now() - row.live_handle_at).total_seconds() > can.handle_s:
        return None
    place = place_of("interview", "live_handle_sealed", row.id)
    return box.open_text(row.live_handle_sealed, place=place)


async def allows_picture(services: Services, opening: Opening) -> bool:
    """Tell whether the candidate's newest word on recording their picture is a yes."""
    async with services.db.read(opening.org_id) as session:
        row = await session.get_one(Interview, opening.interview_id)
        return opening.records and await _word(session, row.application_id, "video") is True


async def _word(session: AsyncSession, application_id: UUID, purpose: str) -> bool | None:
    """Return the newest yes or no to a purpose; nothing when it was never asked for."""
    return await session.scalar(
        select(PurposeConsent.given)
        .where(PurposeConsent.application_id == application_id, PurposeConsent.purpose == purpose)
        .order_by(PurposeConsent.created_at.desc(), PurposeConsent.id.desc())
        .limit(1)
    )


def _held(row: Turn, first_id: UUID, box: Box) -> HeldTurn:
    return HeldTurn(
        id=row.id,
        first_id=first_id,
        seq=row.seq,
        speaker=row.speaker,
        source=row.source,
        question_id=row.question_id,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        text=box.open_text(row.text_sealed, place=place_of("turn", "text_sealed", row.id)),
        state=row.state,
        reliable=row.reliable,
        answer_id=row.answer_id,
        version=row.version,
        stored=True,
    )
