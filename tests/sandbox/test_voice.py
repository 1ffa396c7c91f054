"""The two voices."""

import asyncio

import numpy as np
import pytest

from sandbox.voice.espeak import EspeakVoice
from sandbox.voice.speaker import Speaker, Voice
from sandbox.voice.speech import CHUNK_BYTES
from sandbox.voice.tones import ToneVoice

TEXT = "Hello.  Tell me about 42 hard problems, in a café - please!"


@pytest.fixture(params=[EspeakVoice, ToneVoice])
def voice(request: pytest.FixtureRequest) -> Voice:
    made: Voice = request.param()
    return made


def test_the_words_together_are_the_text(voice: Voice) -> None:
    speech = voice.speak(TEXT)
    assert "".join(word.text for word in speech.words) == TEXT


def test_words_begin_in_order_within_the_sound(voice: Voice) -> None:
    speech = voice.speak(TEXT)
    starts = [word.start_ms for word in speech.words]
    assert starts == sorted(starts)
    assert starts[-1] < speech.seconds * 1000


def test_chunks_lose_neither_sound_nor_words(voice: Voice) -> None:
    speech = voice.speak(TEXT)
    chunks = list(speech.chunks())
    assert b"".join(pcm for pcm, _ in chunks) == speech.pcm
    assert "".join(text for _, text in chunks) == TEXT
    assert all(len(pcm) <= CHUNK_BYTES for pcm, _ in chunks)


def test_the_sound_can_be_heard_and_is_not_clipped(voice: Voice) -> None:
    samples = np.abs(np.frombuffer(voice.speak(TEXT).pcm, np.int16).astype(np.int32))
    assert 500 < samples.max() < 32_767


def test_longer_texts_take_longer(voice: Voice) -> None:
    assert voice.speak(TEXT * 2).seconds > 1.5 * voice.speak(TEXT).seconds


async def test_many_sessions_may_ask_one_voice_at_once() -> None:
    speaker = Speaker(EspeakVoice())
    texts = [f"Number {n}." for n in range(8)]
    alone = [EspeakVoice().speak(text).seconds for text in texts]
    together = [each.seconds for each in await asyncio.gather(*map(speaker.speak, texts))]
    assert together == pytest.approx(alone, abs=0.05)
