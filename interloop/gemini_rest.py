"""The client of Google's REST side, shared by the ports that ask it; opened when first asked.

The vendor's library takes a second to load and most processes never ask: it is loaded when asked.
"""

import ssl
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from interloop.domain.errors import AuthRevoked, InterloopError, Permanent, RateLimited, Transient
from interloop.domain.turn import Provider
from interloop.settings import Settings

if TYPE_CHECKING:
    from google import genai
    from google.genai.errors import APIError

_PASSES = frozenset({408, 409})
"""Refusals that time alone may lift, beside 429 and 5xx."""


class GeminiRest:
    """One line to the service; in the sandbox profile it leads to the sandbox."""

    def __init__(self, settings: Settings, *, timeout_ms: int) -> None:
        self._settings = settings
        self._timeout_ms = timeout_ms
        self._client: genai.Client | None = None

    @property
    def provider(self) -> Provider:
        """Tell who answers."""
        return Provider.sandbox if self._settings.sandbox_model else Provider.model

    def connect(self) -> "genai.Client":
        """Return the client, opened at the first call."""
        from google import genai  # noqa: PLC0415 - see the module's docstring
        from google.genai import types  # noqa: PLC0415

        if self._client is None:
            settings, ca_file = self._settings, self._settings.live_ca_file
            # A service with its own authority: only its one certificate is trusted.
            trust = {"verify": ssl.create_default_context(cafile=str(ca_file))} if ca_file else None
            self._client = genai.Client(
                api_key=settings.gemini_api_key.get_secret_value() or "sandbox",
                http_options=types.HttpOptions(
                    base_url=settings.live_base_url or None,
                    api_version="v1beta",
                    timeout=self._timeout_ms,
                    retry_options=types.HttpRetryOptions(attempts=3, initial_delay=0.5),
                    async_client_args=trust,
                ),
            )
        return self._client

    async def close(self) -> None:
        """Close the line to the service, when there is one."""
        if self._client is not None:
            await self._client.aio.aclose()
            self._client = None


def named(wrong: "APIError | Exception") -> InterloopError:
    """Return what the service's refusal means for us; its text stays with the service.

    Status codes as Google's API design guide (AIP-193) and RFC 9110, 10.2.3 have them.
    """
    code = getattr(wrong, "code", None)
    if code == 429:
        return RateLimited(
            "the model wants fewer requests", code="model_busy", retry_after=_wait(wrong)
        )
    if code in {401, 403}:
        return AuthRevoked("the model does not know us any more", code="model_access_revoked")
    if isinstance(code, int) and 400 <= code < 500 and code not in _PASSES:
        return Permanent("the model refuses this for good", code="model_refuses")
    return Transient("the model is away", code="model_away")


def _wait(wrong: Exception) -> timedelta | None:
    """Return the wait the service named in `Retry-After`, in seconds; a date is passed over."""
    headers = getattr(getattr(wrong, "response", None), "headers", None) or {}
    with suppress(ValueError):
        return timedelta(seconds=float(headers.get("retry-after", "")))
    return None
