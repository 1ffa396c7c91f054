"""Text model by Google's generateContent, asked for one value of a given class.

The vendor's library takes a second to load and most processes never ask: it is loaded when asked.
"""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from interloop.domain.errors import Unavailable
from interloop.gemini_rest import GeminiRest, named
from interloop.integrations.llm.port import ModelIdentity, Prompt
from interloop.settings import Settings

A = TypeVar("A", bound=BaseModel)

_TIMEOUT_MS = 60_000


class GeminiText:
    """The judge's model; in the sandbox profile the same client speaks to the sandbox."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rest = GeminiRest(settings, timeout_ms=_TIMEOUT_MS)

    async def complete(self, prompt: Prompt, answer: type[A]) -> tuple[A, ModelIdentity]:
        """Ask once; `Unavailable` when the model is away or its answer is not an `answer`.

        Raises `RateLimited`, `AuthRevoked` and `Permanent` as the service says.
        """
        from google.genai import errors, types  # noqa: PLC0415 - see the module's docstring
        from httpx2 import HTTPError  # noqa: PLC0415 - comes with the vendor's library

        model = self._settings.judge_model
        try:
            got = await self._rest.connect().aio.models.generate_content(
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
            raise named(away) from away
        try:
            value = answer.model_validate_json(got.text or "")
        except ValidationError as wrong:
            # A truncated answer raises nothing in the client: it just does not validate.
            raise Unavailable("text model answered off the form", code="model_off_form") from wrong
        return value, ModelIdentity(provider=self._rest.provider, model=got.model_version or model)

    async def close(self) -> None:
        """Close the line to the service, when there is one."""
        await self._rest.close()
