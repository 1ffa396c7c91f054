"""Text model by Google's generateContent, asked for one value of a given class.

The vendor's library takes a second to load and most processes never ask: it is loaded when asked.
"""

import ssl
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from interloop.domain.errors import Unavailable
from interloop.domain.turn import Provider
from interloop.integrations.llm.port import ModelIdentity, Prompt
from interloop.settings import Settings

if TYPE_CHECKING:
    from google import genai

A = TypeVar("A", bound=BaseModel)

_TIMEOUT_MS = 60_000


class GeminiText:
    """The judge's model; in the sandbox profile the same client speaks to the sandbox."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: genai.Client | None = None

    async def complete(self, prompt: Prompt, answer: type[A]) -> tuple[A, ModelIdentity]:
        """Ask once; `Unavailable` when the model is away or its answer is not an `answer`."""
        from google.genai import errors, types  # noqa: PLC0415 - see the module's docstring
        from httpx2 import HTTPError  # noqa: PLC0415 - comes with the vendor's library

        model = self._settings.judge_model
        try:
            got = await self._connect().aio.models.generate_content(
                model=model,
                contents=prompt.data,
                config=types.GenerateContentConfig(
                    system_instruction=prompt.instruction,
                    temperature=prompt.temperature,
                    seed=prompt.seed,
                    response_mime_type="application/json",
                    response_json_schema=answer.model_json_schema(),
                ),
            )
        except (errors.APIError, HTTPError, OSError) as away:
            raise Unavailable("text model is away", code="model_away") from away
        try:
            value = answer.model_validate_json(got.text or "")
        except ValidationError as wrong:
            # A truncated answer raises nothing in the client: it just does not validate.
            raise Unavailable("text model answered off the form", code="model_off_form") from wrong
        return value, ModelIdentity(provider=self._provider, model=got.model_version or model)

    async def close(self) -> None:
        """Close the line to the service, when there is one."""
        if self._client is not None:
            await self._client.aio.aclose()
            self._client = None

    @property
    def _provider(self) -> Provider:
        return Provider.sandbox if self._settings.sandbox_model else Provider.model

    def _connect(self) -> "genai.Client":
        from google import genai  # noqa: PLC0415 - see the module's docstring
        from google.genai import types  # noqa: PLC0415

        if self._client is None:
            settings = self._settings
            args = {"verify": _trust(settings)} if settings.live_ca_file else None
            self._client = genai.Client(
                api_key=settings.gemini_api_key.get_secret_value() or "sandbox",
                http_options=types.HttpOptions(
                    base_url=settings.live_base_url or None,
                    api_version="v1beta",
                    timeout=_TIMEOUT_MS,
                    retry_options=types.HttpRetryOptions(attempts=3, initial_delay=0.5),
                    async_client_args=args,
                ),
            )
        return self._client


def _trust(settings: Settings) -> ssl.SSLContext:
    """Trust the one certificate of a live service with its own authority."""
    return ssl.create_default_context(cafile=str(settings.live_ca_file))
