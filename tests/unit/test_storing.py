"""What is stored piece by piece is never held whole, and stands whole or not at all."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from interloop.domain.errors import Unreadable
from interloop.integrations.storage.disk import DiskStorage
from interloop.recording.pages import PAGE
from interloop.recording.spool import Spool
from interloop.security.sealed_file import CHUNK, HEAD_BYTES, SealedFile, seal_pieces
from interloop.security.sealing import Box

WORDS = b"what a person said. "
BOX = Box(bytes(range(32)))


def told(pieces: Iterable[bytes], sizes: list[int]) -> Iterator[bytes]:
    """Hand the pieces on and note how large they are."""
    for piece in pieces:
        sizes.append(len(piece))
        yield piece


async def test_it_is_sealed_and_stored_piece_by_piece(tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path / "objects")
    sizes: list[int] = []
    with Spool(tmp_path / "spool") as spool:
        spool.write(WORDS * PAGE)
        spool.seek(0)
        pieces = seal_pieces(spool, spool.size, BOX, place="here")
        await storage.put_pieces("a/b", told(pieces, sizes))
        head = await storage.read("a/b", 0, HEAD_BYTES)
        file = SealedFile(head, BOX, place="here")
        stretch = file.stretch(0, file.size)
        sealed = await storage.read("a/b", stretch.start, stretch.end)
        assert file.open(sealed, stretch, start=0, end=file.size) == WORDS * PAGE
    assert max(sizes) <= CHUNK + 16


async def test_an_object_stands_whole_or_as_it_was(tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path)
    await storage.put("a/b", b"as it was")
    left = tmp_path / "a" / "b.killed.part"
    young = tmp_path / "a" / "b.busy.part"
    for path, age_s in ((left, 2 * 24 * 3600), (young, 60)):
        path.write_bytes(b"half")
        at = path.stat().st_mtime - age_s
        os.utime(path, (at, at))
    with Spool(tmp_path / "spool") as short, pytest.raises(Unreadable):
        short.write(WORDS)
        short.seek(0)
        await storage.put_pieces("a/b", seal_pieces(short, 10 * CHUNK, BOX, place="here"))
    assert await storage.get("a/b") == b"as it was"
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["b", "b.busy.part"]
