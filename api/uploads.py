"""Uploaded documents: at most 10 MiB; the rest of the request is not even read."""

from fastapi import UploadFile

from interloop.domain.errors import TooLarge, Unreadable
from interloop.integrations.resume.port import MAX_BYTES

MULTIPART_OVERHEAD = 64 * 1024
"""Room for boundaries and the small fields beside the file."""


async def read_upload(file: UploadFile) -> tuple[bytes, str]:
    """Return the bytes and the name of a file; raises `TooLarge` or `Unreadable` (empty)."""
    data = await file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge("a document may have 10 MB", code="too_large")
    if not data.strip():
        raise Unreadable("the file is empty", code="empty")
    name = (file.filename or "document").replace("\\", "/").rsplit("/", 1)[-1]
    return data, name[:200]
