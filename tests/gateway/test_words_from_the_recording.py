"""After the interview the words that are judged come from the recorded voice, where a key is."""

from dataclasses import replace

from pydantic import SecretStr
from sqlalchemy import select

from activities.transcribe import TranscriptSteps
from interloop.db.rows import open_column
from interloop.db.tables import SegmentSource, Turn
from interloop.domain.calls import InterviewInput
from interloop.domain.steps import InterviewRef
from interloop.domain.turn import Speaker, TurnSource, TurnState
from interloop.integrations.transcribe.gemini import GeminiTranscriber
from interloop.security.sealing import KeyClass
from interloop.services import Services
from media_gateway.clock import InterviewClock
from media_gateway.ledger import Ledger
from media_gateway.opening import load
from media_gateway.recorder import Recorder
from tests.gateway.house import House
from tests.gateway.rows import Round
from tests.sandbox.outside import Outside
from tests.support.film import tone

LIVE, TRUE = "I build a bill in system", "I built a billing system"


async def answered(house: House, held: Round) -> None:
    """One spoken answer of two seconds, as live captions and as recorded sound."""
    await house.at_epoch(held, 1)
    given = InterviewInput(org_id=held.org_id, interview_id=held.interview_id, epoch=1)
    opening = await load(house.services, given)
    ledger = Ledger(house.services, opening, InterviewClock(stored_ms=0, since_join_ms=0))
    recorder = Recorder(house.services.settings.recordings_dir, ledger, opening)
    await recorder.open(SegmentSource.candidate_audio, 3000)
    for number, packet in enumerate(tone(2.0)):
        recorder.put(SegmentSource.candidate_audio, 3000 + number * 20, packet)
    await recorder.close()
    turn = ledger.new_turn(Speaker.candidate, TurnSource.voice, "built", start_ms=3000, text=LIVE)
    turn.end_ms, turn.state = 5000, TurnState.committed
    await ledger.save(turn)


def with_key(house: House) -> Services:
    settings = house.services.settings.model_copy(update={"gemini_api_key": SecretStr("a-key")})
    return replace(house.services, settings=settings, transcriber=GeminiTranscriber(settings))


async def versions(house: House, held: Round) -> list[Turn]:
    async with house.services.db.read(held.org_id) as session:
        found = select(Turn).where(Turn.interview_id == held.interview_id).order_by(Turn.version)
        return list(await session.scalars(found))


async def heard_again(house: House, services: Services, held: Round) -> int:
    ref = InterviewRef(org_id=held.org_id, interview_id=held.interview_id)
    return await TranscriptSteps(services).transcribe_answers(ref)


async def test_archived_words_are_a_new_version_with_times_on_the_interview_clock(
    house: House, outside: Outside
) -> None:
    held = await house.round()
    await answered(house, held)
    await outside.control("hearing", texts=[TRUE])
    services = with_key(house)
    assert await heard_again(house, services, held) == 1
    assert await heard_again(house, services, held) == 0
    await services.transcriber.close()
    live, archived = await versions(house, held)
    assert (live.state, archived.state) == (TurnState.superseded, TurnState.committed)
    assert (archived.seq, archived.version, archived.reliable) == (live.seq, 2, True)
    box = await house.services.keys.box(held.org_id, held.candidate_id, KeyClass.transcript)
    assert open_column(box, archived, "text_sealed") == TRUE
    words = open_column(box, archived, "words_sealed") or ""
    assert words.count("start_ms") == len(TRUE.split())
    assert '"start_ms":3' in words


async def test_words_that_the_candidate_has_confirmed_stay(house: House, outside: Outside) -> None:
    held = await house.round()
    await answered(house, held)
    await outside.control("hearing", texts=[TRUE])
    async with house.services.db.session(held.org_id) as session:
        (turn,) = await versions(house, held)
        row = await session.get_one(Turn, turn.id)
        row.confirmed_at = house.services.clock.now()
    services = with_key(house)
    assert await heard_again(house, services, held) == 0
    await services.transcriber.close()
    await outside.control("reset")
    await outside.control("live/pace", speed=50, wait_for_playback=False)


async def test_without_a_key_the_words_of_the_call_stand(house: House) -> None:
    held = await house.round()
    await answered(house, held)
    assert await heard_again(house, house.services, held) == 0
    assert len(await versions(house, held)) == 1
