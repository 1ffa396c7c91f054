"""JSON over HTTP as a person's browser speaks it to the app, told in one sentence when it fails."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from time import monotonic
from typing import Any

import httpx2

PATIENCE_S = 60.0
_LOOK_EVERY_S = 0.2


class DemoFailed(Exception):
    """Something did not go as the product promises; the message is one sentence for a person."""


class Away(DemoFailed):
    """The app does not answer now, or says that it cannot: try again."""


class Http:
    """One person's client: base address, cookies and bearer token."""

    def __init__(self, base_url: str) -> None:
        self.client = httpx2.AsyncClient(base_url=base_url, timeout=30, trust_env=False)
        self.status = 0
        """HTTP status of the last answer."""
        self._sign_in: tuple[str, Mapping[str, str]] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def close(self) -> None:
        """Close every connection."""
        await self.client.aclose()

    def carry(self, token: str) -> None:
        """Send this bearer token from now on."""
        self.client.headers["authorization"] = f"Bearer {token}"

    async def sign_in(self, path: str, credentials: Mapping[str, str]) -> None:
        """Trade credentials for a bearer token, now and whenever it has run out."""
        answer = self._good(await self._ask("POST", path, json=credentials))
        self.carry(answer.json()["access_token"])
        self._sign_in = (path, credentials)

    async def send(self, method: str, path: str, **given: Any) -> Any:
        """Return the JSON of the answer, `None` without content.

        Raises `Away` when nobody answers or 503 comes, `DemoFailed` with the problem's code else.
        """
        answer = await self.raw(method, path, **given)
        return answer.json() if answer.content else None

    async def raw(self, method: str, path: str, **given: Any) -> httpx2.Response:
        """Return the answer itself; raises as `send` does."""
        token = self.client.headers.get("authorization")
        answer = await self._ask(method, path, **given)
        if answer.status_code == HTTPStatus.UNAUTHORIZED and self._sign_in is not None:
            await self._again(token, *self._sign_in)
            answer = await self._ask(method, path, **given)
        return self._good(answer)

    def _good(self, answer: httpx2.Response) -> httpx2.Response:
        self.status = answer.status_code
        if answer.is_success:
            return answer
        asked = f"{answer.request.method} {answer.request.url.path}"
        kind = Away if answer.status_code in {502, 503} else DemoFailed
        raise kind(f"{asked}: {answer.status_code} {_code(answer)}")

    async def _ask(self, method: str, path: str, **given: Any) -> httpx2.Response:
        try:
            return await self.client.request(method, path, **given)
        except httpx2.TransportError as away:
            raise Away(f"{method} {path}: nobody answers ({type(away).__name__})") from away

    async def _again(self, stale: str | None, path: str, credentials: Mapping[str, str]) -> None:
        """Sign in once more, once for all who were refused with the same token."""
        async with self._one_at_a_time:
            if self.client.headers.get("authorization") == stale:
                await self.sign_in(path, credentials)


def _code(answer: httpx2.Response) -> str:
    try:
        told = answer.json()
    except ValueError:
        return answer.reason_phrase
    return f"{told.get('code', '')}: {told.get('detail', '')}"


async def wait_for(
    look: Callable[[], Awaitable[Any]],
    wanted: Callable[[Any], bool],
    what: str,
    *,
    patience_s: float = PATIENCE_S,
) -> Any:
    """Look again and again until it is as wanted; return it.

    Raises `DemoFailed` that names `what` when time is up.
    """
    deadline = monotonic() + patience_s
    while True:
        seen = await look()
        if wanted(seen):
            return seen
        if monotonic() > deadline:
            raise DemoFailed(f"{what} did not happen within {patience_s:.0f} s")
        await asyncio.sleep(_LOOK_EVERY_S)
