"""Transcription by Google's generateContent: verbatim, with word times.

The vendor's library takes a second to load and most processes never ask: it is loaded when asked.
"""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from interloop.domain.errors import Unavailable
from interloop.domain.turn import Word
from interloop.gemini_rest import GeminiRest, named
from interloop.integrations.transcribe.port import Transcript
from interloop.settings import Settings

if TYPE_CHECKING:
    from google.genai import types

_TIMEOUT_MS = 120_000
_NO_CONFIDENCE_GIVEN = 1.0


class GeminiTranscriber:
    """In the sandbox profile the same client speaks to the sandbox."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rest = GeminiRest(settings, timeout_ms=_TIMEOUT_MS)

    async def transcribe(self, wav: bytes) -> Transcript:
        """Ask once; see the port."""
        from google.genai import errors, types  # noqa: PLC0415 - see the module's docstring
        from httpx2 import HTTPError  # noqa: PLC0415 - comes with the vendor's library

        language = self._settings.live_language
        # SMART would remove fillers and repetitions: what was said is what counts.
        config = types.AudioTranscriptionConfig(
            word_timestamp=True,
            language_codes=[language] if language else None,
            mode=types.AudioTranscriptionConfigMode.VERBATIM,
        )
        try:
            got = await self._rest.connect().aio.models.generate_content(
                model=self._settings.transcribe_model,
                contents=[types.Part.from_bytes(data=wav, mime_type="audio/wav")],
                config=types.GenerateContentConfig(audio_transcription_config=config),
            )
        except (errors.APIError, HTTPError, OSError) as away:
            raise named(away) from away
        return self._transcript(got)

    async def close(self) -> None:
        """Close the line to the service, when there is one."""
        await self._rest.close()

    def _transcript(self, got: "types.GenerateContentResponse") -> Transcript:
        content = got.candidates[0].content if got.candidates else None
        heard = [
            part.audio_transcription
            for part in (content.parts if content else None) or ()
            if part.audio_transcription is not None
        ]
        try:
            words = tuple(_word(word) for part in heard for word in part.words or ())
        except (ValueError, ValidationError) as wrong:
            raise Unavailable("word times cannot be read", code="model_off_form") from wrong
        text = " ".join(part.text.strip() for part in heard if part.text)
        return Transcript(text=text, words=words, provider=self._rest.provider)


def _word(word: "types.WordInfo") -> Word:
    return Word(
        text=word.word or "",
        start_ms=_ms(word.start_offset),
        end_ms=_ms(word.end_offset),
        confidence=_NO_CONFIDENCE_GIVEN,
    )


def _ms(offset: str | None) -> int:
    """Return the ms of a protobuf duration ("1.2s")."""
    return round(float((offset or "").removesuffix("s")) * 1000)
