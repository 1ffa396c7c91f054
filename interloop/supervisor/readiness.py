"""Ways to find out whether a process can be used: a page, a file, Temporal's own check."""

import asyncio
import urllib.error
import urllib.request
from asyncio.subprocess import DEVNULL
from collections.abc import Awaitable, Callable
from pathlib import Path

Ready = Callable[[], Awaitable[bool]]

RETENTION_DAYS = 30


def page(url: str) -> Ready:
    """Ready when the address answers 200."""

    def ask() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    async def ready() -> bool:
        return await asyncio.to_thread(ask)

    return ready


def file(path: Path) -> Ready:
    """Ready when the file is there."""

    async def ready() -> bool:
        return await asyncio.to_thread(path.exists)

    return ready


def temporal(binary: str, address: str, namespace: str) -> Ready:
    """Ready when workflows of the namespace can be counted; also sets its retention.

    An open port is not enough: the server answers before its namespaces can be used. The
    development server keeps closed workflows for one day only, too short for REJECT_DUPLICATE
    to protect the id of a journey. Asked by the command that came with the server: our client
    library takes a second to load.
    """
    where = ("--address", address, "--namespace", namespace)

    async def ready() -> bool:
        keep = ("operator", "namespace", "update", "--retention", f"{RETENTION_DAYS}d")
        asked = ((binary, "workflow", "count", *where), (binary, *keep, *where))
        return all([await _succeeds(command) for command in asked])

    return ready


async def _succeeds(command: tuple[str, ...]) -> bool:
    process = await asyncio.create_subprocess_exec(*command, stdout=DEVNULL, stderr=DEVNULL)
    return await process.wait() == 0
