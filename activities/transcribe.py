"""Makes the words that are judged from the candidate's recorded voice, after the interview.

What a live model understood while it was also talking is provisional. Here each spoken answer is
heard once more from the archived track, with back-filled pieces, and gets word times: a new version
of the turn; the old one stays, superseded.
"""

import asyncio
from bisect import bisect_left
from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from temporalio import activity

from activities.rows import must_get, seal_column
from interloop.db.tables import Interview, SegmentSource, Turn
from interloop.db.trail import changed
from interloop.db.turns import next_version
from interloop.domain.steps import InterviewRef
from interloop.domain.turn import Provider, Speaker, TurnSource, TurnState, Word
from interloop.integrations.audio.port import Packet
from interloop.integrations.transcribe.port import Transcript
from interloop.recording.segments import load, rows_of
from interloop.recording.spool import Spool
from interloop.security.sealing import KeyClass
from interloop.services import Services

_AROUND_MS = 400
"""So much sound around a turn is heard with it: beginnings and ends of words are soft."""
_WORDS: TypeAdapter[tuple[Word, ...]] = TypeAdapter(tuple[Word, ...])


class TranscriptSteps:
    """Hears recorded answers once more."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def transcribe_answers(self, ref: InterviewRef) -> int:
        """Give spoken answers their archived words; returns how many got them.

        Idempotent: a turn with word times is left alone, as is one that the candidate has
        confirmed or corrected. Does nothing where no key is: a recogniser that says of itself that
        it is unreliable does not replace what the candidate has seen. Raises `Unavailable` while
        the service is away, `Unreadable` when a segment was altered.
        """
        if self._services.provider is not Provider.model:
            return 0
        turns = await self._turns(ref)
        segments, candidate_id = await rows_of(self._services, ref.org_id, ref.interview_id)
        if not turns or not segments or candidate_id is None:
            return 0
        box = await self._services.keys.box(ref.org_id, candidate_id, KeyClass.media)
        done = 0
        with Spool(self._services.settings.spool_dir) as spool:
            recorded = await load(self._services, segments, box, spool)
            packets = recorded.packets(SegmentSource.candidate_audio)
            for turn in turns:
                transcript = await self._hear(turn, packets)
                if transcript is not None:
                    done += await self._store(ref, turn.id, transcript, candidate_id=candidate_id)
        return done

    async def _turns(self, ref: InterviewRef) -> list[Turn]:
        async with self._services.db.read(ref.org_id) as session:
            rows = await session.scalars(
                select(Turn)
                .where(
                    Turn.interview_id == ref.interview_id,
                    Turn.speaker == Speaker.candidate,
                    Turn.source == TurnSource.voice,
                    Turn.state == TurnState.committed,
                )
                .order_by(Turn.seq)
            )
            return [row for row in rows if _is_open_to_words(row)]

    async def _hear(self, turn: Turn, packets: Sequence[Packet]) -> Transcript | None:
        """Return the words of a turn on the interview clock; none when nothing is recorded."""
        start, end = max(turn.start_ms - _AROUND_MS, 0), turn.end_ms + _AROUND_MS
        first, last = (bisect_left(packets, at, key=lambda p: p.at_ms) for at in (start, end))
        own = [Packet(p.at_ms - start, p.data) for p in packets[first:last]]
        if not own:
            return None
        wav = await asyncio.to_thread(self._services.audio.voice, own, end - start)
        heard = await self._services.transcriber.transcribe(wav.data)
        if not heard.text:
            return None
        words = tuple(_later(word, start) for word in heard.words)
        return heard.model_copy(update={"words": words})

    async def _store(
        self, ref: InterviewRef, turn_id: UUID, heard: Transcript, *, candidate_id: UUID
    ) -> bool:
        now = self._services.clock.now()
        box = await self._services.keys.box(ref.org_id, candidate_id, KeyClass.transcript)
        async with self._services.db.session(ref.org_id) as session:
            # The lock makes a candidate who corrects these very words wait, and then be told.
            await must_get(session, Interview, ref.interview_id, lock=True)
            old = await must_get(session, Turn, turn_id, lock=True)
            if old.state is not TurnState.committed or not _is_open_to_words(old):
                return False
            newer = next_version(old, old.version + 1)
            newer.provider, newer.reliable = heard.provider, heard.provider is Provider.model
            newer.created_at = now
            seal_column(box, newer, "text_sealed", heard.text)
            seal_column(box, newer, "words_sealed", _WORDS.dump_json(heard.words).decode())
            session.add(newer)
            await changed(session, "interview", ref.interview_id, at=now)
        return True


def _is_open_to_words(row: Turn) -> bool:
    return row.confirmed_at is None and row.words_sealed is None


def _later(word: Word, by_ms: int) -> Word:
    times = {"start_ms": word.start_ms + by_ms, "end_ms": word.end_ms + by_ms}
    return word.model_copy(update=times)
