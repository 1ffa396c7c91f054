"""Transcription over REST: a WAV file in, its words with their times out."""

import base64
import binascii
import io
import json
import wave

from pydantic import JsonValue

from sandbox.google_error import GoogleError
from sandbox.hearing.ear import Ear
from sandbox.hearing.recording import FRAME_MS, loudness, spread
from sandbox.hearing.turn import RATE

_CHUNK = RATE // 5 * 2
Json = dict[str, JsonValue]


def asks_for_words(body: bytes) -> Json | None:
    """The request, when it is one for a transcription."""
    try:
        request = json.loads(body)
        wanted = "audioTranscriptionConfig" in request["generationConfig"]
    except (ValueError, LookupError, TypeError):
        return None
    return request if wanted else None


async def transcribed(request: Json, ear: Ear) -> Json:
    """The part with the transcription; GoogleError 400 when there is no such sound."""
    pcm = _pcm(request)
    text = await _heard(pcm, ear)
    words: list[JsonValue] = []
    if text and len(pcm) >= RATE * FRAME_MS // 1000 * 2:
        words = [
            {
                "word": word.text,
                "startOffset": f"{word.start_ms / 1000:.3f}s",
                "endOffset": f"{word.end_ms / 1000:.3f}s",
            }
            for word in spread(text, loudness(pcm))
        ]
    return {"text": text, "audioTranscription": {"text": text, "words": words}}


async def _heard(pcm: bytes, ear: Ear) -> str:
    turn = ear.begin(None, "archived", _ignore)
    for start in range(0, len(pcm), _CHUNK):
        await turn.feed(pcm[start : start + _CHUNK])
    return await turn.finish()


async def _ignore(_text: str) -> None:
    """Only the end counts."""


def _pcm(request: Json) -> bytes:
    try:
        data: str = request["contents"][-1]["parts"][-1]["inlineData"]["data"]  # type: ignore[index,call-overload,assignment]  # a wrong form raises
        raw = base64.b64decode(data.translate({45: "+", 95: "/"}), validate=True)
        with wave.open(io.BytesIO(raw)) as file:
            if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE, 1, 2):
                raise GoogleError(400, "The sandbox hears 16 kHz, mono, 16 bit.")
            pcm: bytes = file.readframes(file.getnframes())
            return pcm
    except (LookupError, TypeError, AttributeError, binascii.Error, wave.Error, EOFError) as wrong:
        raise GoogleError(400, "Request contains an invalid argument: audio.") from wrong
