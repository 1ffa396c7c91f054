"""Every write of a gateway, each refused once a newer epoch holds the interview.

The guard is the first statement of each transaction: it raises the stored interview clock
`WHERE epoch = :epoch`, which also locks the row until the transaction ends.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import CursorResult, update
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import Interview, InterviewState, Segment, SegmentSource, Turn
from interloop.db.trail import Who, audit, changed
from interloop.domain.errors import Superseded
from interloop.domain.ids import new_id
from interloop.domain.turn import Cursor, Provider, Speaker, TurnSource, TurnState
from interloop.security.sealing import place_of
from interloop.services import Services
from media_gateway.clock import InterviewClock
from media_gateway.opening import HeldTurn, Opening


class Ledger:
    """Writes turns, cursor and segments of one interview at one epoch."""

    def __init__(self, services: Services, opening: Opening, clock: InterviewClock) -> None:
        self._services = services
        self._opening = opening
        self._clock = clock
        self._provider: Provider = services.provider
        self._seq = opening.last_seq
        self._live_handle = opening.live_handle

    async def touch(self, live_handle: str | None = None) -> None:
        """Store the clock and the model's newest handle; tells in time of a newer epoch."""
        async with self._guarded() as session:
            if live_handle is None or live_handle == self._live_handle:
                return
            row = await session.get_one(Interview, self._opening.interview_id)
            place = place_of("interview", "live_handle_sealed", row.id)
            row.live_handle_sealed = self._opening.transcript.seal_text(live_handle, place=place)
            row.live_handle_at = self._services.clock.now()
        self._live_handle = live_handle

    async def joined(self) -> None:
        """Remember the first join: zero of the interview clock."""
        now = self._services.clock.now()
        async with self._guarded() as session:
            row = await session.get_one(Interview, self._opening.interview_id)
            if row.joined_at is None:
                row.joined_at = now - timedelta(milliseconds=self._clock.ms())
                row.provider = self._provider
                who = Who(kind="candidate", id=self._opening.candidate_id)
                about = ("interview", row.id)
                await audit(session, who, "interview.joined", at=now, about=about)

    def new_turn(
        self,
        speaker: Speaker,
        source: TurnSource,
        question_id: str | None,
        *,
        start_ms: int,
        text: str = "",
    ) -> HeldTurn:
        """Return an open turn with the next number; `save` stores it."""
        self._seq += 1
        reliable = (
            source is not TurnSource.voice
            or speaker is Speaker.interviewer
            or self._provider is Provider.model
        )
        turn_id = new_id()
        return HeldTurn(
            id=turn_id,
            first_id=turn_id,
            seq=self._seq,
            speaker=speaker,
            source=source,
            question_id=question_id,
            start_ms=start_ms,
            end_ms=start_ms,
            text=text,
            reliable=reliable,
        )

    async def save(self, *turns: HeldTurn, cursor: Cursor | None = None) -> None:
        """Store these turns as they are now, and the cursor, in one transaction."""
        async with self._guarded(cursor) as session:
            for turn in turns:
                if turn.stored:
                    await self._update(session, turn)
                else:
                    session.add(self._row(turn))
            if any(turn.state is TurnState.committed for turn in turns):
                await self._changed(session)
        for turn in turns:
            turn.stored = True

    async def amend(self, turn: HeldTurn, text: str) -> HeldTurn:
        """Replace the words of a committed turn by a newer version; the old one stays, superseded.

        Words of a slow recogniser come after the conversation went on; none may be lost.
        """
        newer = replace(
            turn, id=new_id(), version=turn.version + 1, text=text, state=TurnState.committed
        )
        async with self._guarded() as session:
            (await session.get_one(Turn, turn.id)).state = TurnState.superseded
            session.add(self._row(newer))
            await self._changed(session)
        return newer

    async def end(self, state: InterviewState) -> None:
        """Store how the room was left; finishing is audited."""
        now = self._services.clock.now()
        async with self._guarded() as session:
            row = await session.get_one(Interview, self._opening.interview_id)
            row.state = state
            if state is InterviewState.finished:
                row.finished_at = now
                about = ("interview", row.id)
                await audit(session, Who(kind="system"), "interview.finished", at=now, about=about)
            await self._changed(session)

    async def open_segment(self, source: SegmentSource, codec: str, start_ms: int) -> Segment:
        """Insert the row of a new sealed file and return it (detached)."""
        segment_id = new_id()
        folder = f"segments/{self._opening.org_id}/{self._opening.interview_id}"
        row = Segment(
            id=segment_id,
            org_id=self._opening.org_id,
            created_at=self._services.clock.now(),
            interview_id=self._opening.interview_id,
            epoch=self._opening.epoch,
            source=source,
            codec=codec,
            object_key=f"{folder}/{segment_id}.ilr",
            start_ms=start_ms,
        )
        async with self._guarded() as session:
            session.add(row)
        return row

    async def close_segment(self, closed: Segment) -> None:
        """Store index figures and checksum of a file that will not grow any more."""
        async with self._guarded() as session:
            row = await session.get_one(Segment, closed.id)
            row.end_ms, row.records, row.size = closed.end_ms, closed.records, closed.size
            row.sha256, row.closed_at = closed.sha256, self._services.clock.now()

    @asynccontextmanager
    async def _guarded(self, cursor: Cursor | None = None) -> AsyncIterator[AsyncSession]:
        values: dict[str, object] = {"clock_ms": self._clock.ms()}
        if cursor is not None:
            values["cursor"] = cursor
        async with self._services.db.session(self._opening.org_id) as session:
            statement = (
                update(Interview)
                .where(
                    Interview.id == self._opening.interview_id,
                    Interview.epoch == self._opening.epoch,
                )
                .values(**values)
                .execution_options(synchronize_session=False)
            )
            result = await session.execute(statement)
            assert isinstance(result, CursorResult)
            if result.rowcount != 1:
                raise Superseded("a newer epoch holds the interview")
            yield session

    async def _update(self, session: AsyncSession, turn: HeldTurn) -> None:
        row = await session.get_one(Turn, turn.id)
        row.text_sealed, row.generated_sealed = self._sealed(turn), self._generated(turn)
        row.end_ms, row.state, row.answer_id = turn.end_ms, turn.state, turn.answer_id
        row.epoch = self._opening.epoch

    def _row(self, turn: HeldTurn) -> Turn:
        voice = turn.source is TurnSource.voice
        return Turn(
            id=turn.id,
            org_id=self._opening.org_id,
            created_at=self._services.clock.now(),
            interview_id=self._opening.interview_id,
            seq=turn.seq,
            version=turn.version,
            speaker=turn.speaker,
            source=turn.source,
            question_id=turn.question_id,
            state=turn.state,
            start_ms=turn.start_ms,
            end_ms=turn.end_ms,
            text_sealed=self._sealed(turn),
            generated_sealed=self._generated(turn),
            provider=self._provider if voice else None,
            reliable=turn.reliable,
            answer_id=turn.answer_id,
            epoch=self._opening.epoch,
        )

    def _sealed(self, turn: HeldTurn) -> bytes:
        place = place_of("turn", "text_sealed", turn.id)
        return self._opening.transcript.seal_text(turn.text, place=place)

    def _generated(self, turn: HeldTurn) -> bytes | None:
        """Seal what was generated, where it is not what was heard."""
        if not turn.generated or turn.generated == turn.text:
            return None
        place = place_of("turn", "generated_sealed", turn.id)
        return self._opening.transcript.seal_text(turn.generated, place=place)

    async def _changed(self, session: AsyncSession) -> None:
        now = self._services.clock.now()
        await changed(session, "interview", self._opening.interview_id, at=now)
