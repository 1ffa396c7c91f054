"""Objects as files under one folder; writes are atomic and durable."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from interloop.domain.errors import NotFound

_LEFT_S = 24 * 3600
"""Nobody writes one object for longer: what is older was left by a process that was killed."""


class DiskStorage:
    """Storage on this machine's disk. Keys are relative paths made by us, never by a person."""

    def __init__(self, root: Path) -> None:
        self.root = root

    async def put(self, key: str, data: bytes) -> None:
        """Store or replace an object: written beside, synced, renamed."""
        await asyncio.to_thread(_write, self._path(key), [data])

    async def put_pieces(self, key: str, pieces: Iterable[bytes]) -> None:
        """Store or replace an object piece by piece; see the port."""
        await asyncio.to_thread(_write, self._path(key), pieces, tidy=True)

    async def get(self, key: str) -> bytes:
        """Return an object; `NotFound` when there is none."""
        return await asyncio.to_thread(_read, self._path(key))

    async def size(self, key: str) -> int:
        """Return an object's size in bytes; `NotFound` when there is none."""
        return await asyncio.to_thread(_size, self._path(key))

    async def read(self, key: str, start: int, end: int) -> bytes:
        """Return bytes [start, end)."""
        return await asyncio.to_thread(_read, self._path(key), start, end)

    async def delete(self, key: str) -> None:
        """Remove an object; removing nothing is fine."""
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    async def keys(self, prefix: str) -> AsyncIterator[str]:
        """List the keys under a prefix, sorted."""
        for path in await asyncio.to_thread(_list, self._path(prefix)):
            yield path.relative_to(self.root).as_posix()

    def _path(self, key: str) -> Path:
        path = (self.root / key).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise NotFound("key leaves the store")
        return path


def _write(path: Path, pieces: Iterable[bytes], *, tidy: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # A name of its own: two that make the same object do not write into one file.
    beside = path.with_suffix(f".{uuid4().hex}.part")
    try:
        with beside.open("wb") as file:
            if tidy:
                _forget_left(path, os.fstat(file.fileno()).st_mtime)
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _forget_left(path: Path, now: float) -> None:
    """Remove what a killed process left of this object; `now` by the clock of the disk."""
    for left in path.parent.glob(f"{path.stem}.*.part"):
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < now - _LEFT_S:
                left.unlink()


def _read(path: Path, start: int = 0, end: int | None = None) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(start)
            return file.read() if end is None else file.read(max(0, end - start))
    except FileNotFoundError as missing:
        raise NotFound("no such object") from missing


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError as missing:
        raise NotFound("no such object") from missing


def _list(path: Path) -> list[Path]:
    return sorted(p for p in path.rglob("*") if p.is_file() and p.suffix != ".part")
