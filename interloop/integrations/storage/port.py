"""What Interloop asks of object storage; whatever is put there is sealed already."""

from collections.abc import AsyncIterator, Iterable
from typing import Protocol


class Storage(Protocol):
    """Keeps objects under opaque keys (`kind/<org id>/<id>`)."""

    async def put(self, key: str, data: bytes) -> None:
        """Store or replace an object, durably, atomically."""
        ...

    async def put_pieces(self, key: str, pieces: Iterable[bytes]) -> None:
        """Store or replace an object piece by piece, durably; nothing is seen of it before the end.

        The pieces are taken on a thread, one after the other. What they raise is raised, and then
        what stood there stands.
        """
        ...

    async def get(self, key: str) -> bytes:
        """Return an object; `NotFound` when there is none."""
        ...

    async def size(self, key: str) -> int:
        """Return an object's size in bytes; `NotFound` when there is none."""
        ...

    async def read(self, key: str, start: int, end: int) -> bytes:
        """Return bytes [start, end)."""
        ...

    async def delete(self, key: str) -> None:
        """Remove an object; removing nothing is fine."""
        ...

    def keys(self, prefix: str) -> AsyncIterator[str]:
        """List the keys under a prefix."""
        ...
