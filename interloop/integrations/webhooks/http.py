"""Posts webhooks over HTTPS to the very address that was checked; follows no redirect.

A name is resolved once: if any of its addresses is not on the internet nothing is sent, else the
connection goes to the address that was checked, under the name for TLS and `Host`. So a name that
answers differently the second time (DNS rebinding) reaches nothing inside.
"""

import asyncio
import socket

import httpx2

from interloop.domain.errors import Unreadable
from interloop.integrations.webhooks.port import HookAnswer
from interloop.security.webhooks import check_url, is_ours, is_public
from interloop.tls import trusted

TIMEOUT_S = 20.0
"""The spec says 15 to 30."""


class Refused(Exception):
    """The name leads to an address that is not on the internet."""


_CODES: tuple[tuple[type[Exception], str], ...] = (
    (Refused, "address_refused"),
    (TimeoutError, "timed_out"),
    (httpx2.TimeoutException, "timed_out"),
    (httpx2.ConnectError, "unreachable"),
    (socket.gaierror, "no_such_name"),
)


def _code_of(wrong: Exception) -> str:
    return next((code for kind, code in _CODES if isinstance(wrong, kind)), "line_broke")


class HttpHooks:
    """A `HookSender`; `ours` is the origin of the sandbox's receiver, or empty."""

    def __init__(self, ours: str, *, timeout_s: float = TIMEOUT_S) -> None:
        self._ours = ours
        self._timeout_s = timeout_s
        self._client = httpx2.AsyncClient(
            timeout=timeout_s,
            follow_redirects=False,
            trust_env=False,
            verify=trusted(),
            # A kept connection would belong to another name on the same address.
            limits=httpx2.Limits(max_keepalive_connections=0),
        )

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> HookAnswer:
        """Try once; only the status of the answer is read."""
        try:
            check_url(url, ours=self._ours)
            async with asyncio.timeout(self._timeout_s):
                return HookAnswer(status=await self._status(url, headers, body))
        except Unreadable as wrong:
            return HookAnswer(error=wrong.code)
        except (Refused, httpx2.HTTPError, OSError) as wrong:
            return HookAnswer(error=_code_of(wrong))

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def _status(self, url: str, headers: dict[str, str], body: bytes) -> int:
        there = httpx2.URL(url)
        host = there.host
        address = await self._checked_address(url, host, there.port or 443)
        named = {"host": there.netloc.decode("ascii"), **headers}
        pinned = there.copy_with(host=address)
        secure = there.scheme == "https"
        async with self._client.stream(
            "POST",
            pinned,
            headers=named,
            content=body,
            extensions={"sni_hostname": host} if secure else {},
        ) as answer:
            return answer.status_code

    async def _checked_address(self, url: str, host: str, port: int) -> str:
        """Return one address of the name; `Refused` when any of them is not on the internet."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        if not is_ours(url, self._ours) and not all(map(is_public, addresses)):
            raise Refused
        return addresses[0]
