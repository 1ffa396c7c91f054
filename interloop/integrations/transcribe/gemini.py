"""Transcription by Google's generateContent: verbatim, with word times.

The vendor's library takes a second to load and most processes never ask: it is loaded when asked.
"""

import ssl
from typing import TYPE_CHECKING

from pydantic import ValidationError

from interloop.domain.errors import Unavailable
from interloop.domain.turn import Provider, Word
from interloop.integrations.transcribe.port import Transcript
from interloop.settings import Settings

if TYPE_CHECKING:
    from google import genai
    from google.genai import types

_TIMEOUT_MS = 120_000
_NO_CONFIDENCE_GIVEN = 1.0


class GeminiTranscriber:
    """In the sandbox profile the same client speaks to the sandbox."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: genai.Client | None = None

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
            got = await self._connect().aio.models.generate_content(
                model=self._settings.transcribe_model,
                contents=[types.Part.from_bytes(data=wav, mime_type="audio/wav")],
                config=types.GenerateContentConfig(audio_transcription_config=config),
            )
        except (errors.APIError, HTTPError, OSError) as away:
            raise Unavailable("transcription is away", code="model_away") from away
        return self._transcript(got)

    async def close(self) -> None:
        """Close the line to the service, when there is one."""
        if self._client is not None:
            await self._client.aio.aclose()
            self._client = None

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
        provider = Provider.sandbox if self._settings.sandbox_model else Provider.model
        return Transcript(text=text, words=words, provider=provider)

    def _connect(self) -> "genai.Client":
        from google import genai  # noqa: PLC0415 - see the module's docstring
        from google.genai import types  # noqa: PLC0415

        if self._client is None:
            settings = self._settings
            ca_file = settings.live_ca_file
            trust = {"verify": ssl.create_default_context(cafile=str(ca_file))} if ca_file else None
            self._client = genai.Client(
                api_key=settings.gemini_api_key.get_secret_value() or "sandbox",
                http_options=types.HttpOptions(
                    base_url=settings.live_base_url or None,
                    api_version="v1beta",
                    timeout=_TIMEOUT_MS,
                    retry_options=types.HttpRetryOptions(attempts=3, initial_delay=0.5),
                    async_client_args=trust,
                ),
            )
        return self._client


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
