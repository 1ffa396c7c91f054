"""Sealed media as answers: by range, or whole and piece by piece."""

from collections.abc import AsyncIterator

from fastapi import Response
from fastapi.responses import StreamingResponse

from api.ranges import NotSatisfiable, asked_range
from interloop.recording.listening import ListeningCopy

AT_ONCE = 1024 * 1024
"""An open range is answered with at most this many bytes; players ask on."""

PRIVATE = {"cache-control": "private, no-store"}


async def serve(
    copy: ListeningCopy, asked: str | None, headers: dict[str, str] | None = None
) -> Response:
    """Return the file, or the asked range of it (206); 416 beyond its end.

    `asked` is the `Range` header. `Unreadable` when what is sent first was altered.
    """
    size = copy.size
    headers = {"accept-ranges": "bytes", **PRIVATE, **(headers or {})}
    try:
        part = asked_range(asked, size)
    except NotSatisfiable:
        return Response(status_code=416, headers={"content-range": f"bytes */{size}"})
    start, end = (part.start, min(part.end, part.start + AT_ONCE)) if part else (0, size)
    first = await copy.read(start, min(end, start + AT_ONCE))
    if part is not None:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
        return Response(first, status_code=206, media_type=copy.media_type, headers=headers)
    headers["content-length"] = str(size)
    return StreamingResponse(_pieces(copy, first), media_type=copy.media_type, headers=headers)


def begins(asked: str | None) -> bool:
    """Tell whether this request begins a playback or download: the ranges after it belong to it."""
    return asked is None or asked.replace(" ", "").startswith("bytes=0-")


async def _pieces(copy: ListeningCopy, first: bytes) -> AsyncIterator[bytes]:
    yield first
    for start in range(len(first), copy.size, AT_ONCE):
        yield await copy.read(start, start + AT_ONCE)
