"""The transcriber's port over the wire: words with their times, or `Unavailable`."""

import base64
import io
import socket
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from interloop.domain.errors import Permanent, Unavailable
from interloop.domain.turn import Provider
from interloop.integrations.transcribe.gemini import GeminiTranscriber
from interloop.settings import Settings
from tests.sandbox.outside import Outside, start
from tests.sandbox.speaking import pcm16k

SAID = "I measured it, and then I added an index."


@pytest.fixture(scope="module")
async def outside(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Outside]:
    started = await start(Path(tmp_path_factory.mktemp("sandbox")))
    yield started
    await started.stop()


def wav(pcm: bytes, rate: int = 16_000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return out.getvalue()


@pytest.fixture
async def transcriber(outside: Outside) -> AsyncIterator[GeminiTranscriber]:
    certificate = outside.state_dir / "tls.crt"
    model = GeminiTranscriber(Settings(live_base_url=outside.google, live_ca_file=certificate))
    yield model
    await model.close()


async def test_words_come_with_their_places_in_the_sound(
    transcriber: GeminiTranscriber, outside: Outside
) -> None:
    pcm = pcm16k(SAID)
    await outside.control(
        "hearing/recording", pcm=base64.b64encode(pcm).decode(), text=SAID, words=[]
    )
    heard = await transcriber.transcribe(wav(pcm))
    assert heard.text == SAID
    assert [word.text for word in heard.words] == SAID.split()
    assert all(word.start_ms <= word.end_ms for word in heard.words)
    assert heard.words[-1].end_ms <= len(pcm) // 32
    assert heard.provider is Provider.sandbox


async def test_with_a_key_the_words_are_a_model_s(outside: Outside) -> None:
    settings = Settings(
        live_base_url=outside.google,
        live_ca_file=outside.state_dir / "tls.crt",
        gemini_api_key=SecretStr("a-key"),
    )
    model = GeminiTranscriber(settings)
    assert (await model.transcribe(wav(pcm16k(SAID)))).provider is Provider.model
    await model.close()


async def test_silence_has_no_words(transcriber: GeminiTranscriber) -> None:
    heard = await transcriber.transcribe(wav(bytes(32_000)))
    assert heard.words == ()


async def test_sound_that_is_refused_is_refused_for_good(transcriber: GeminiTranscriber) -> None:
    with pytest.raises(Permanent):
        await transcriber.transcribe(wav(bytes(32_000), rate=8_000))


async def test_a_service_that_is_not_there_is_unavailable() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    model = GeminiTranscriber(Settings(live_base_url=f"http://127.0.0.1:{port}"))
    with pytest.raises(Unavailable):
        await model.transcribe(wav(b""))
    await model.close()
