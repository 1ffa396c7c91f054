"""Work in progress lies on the disk as noise, and goes with its process."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.errors import Unreadable
from interloop.recording.pages import PAGE
from interloop.recording.spool import Spool

WORDS = b"what a person said. "
places = st.integers(0, 12 * PAGE)
DIES = """
import os, signal, sys
from pathlib import Path
from interloop.recording.pages import PAGE
from interloop.recording.spool import Spool
spool = Spool(Path(sys.argv[1]))
spool.write(b"what a person said. " * PAGE)
os.kill(os.getpid(), signal.SIGKILL)
"""


def on_disk(spool: Spool) -> bytes:
    """Return what the disk holds of it."""
    handle = spool._pages._file.fileno()
    return os.pread(handle, os.fstat(handle).st_size, 0)


@given(st.lists(st.tuples(places, st.binary(max_size=64), st.integers(1, 3000)), max_size=12))
def test_it_is_read_as_a_file_in_memory_is(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[int, bytes, int]]
) -> None:
    plain = io.BytesIO()
    with Spool(tmp_path_factory.getbasetemp()) as spool:
        for at, data, times in writes:
            assert spool.seek(at) == plain.seek(at)
            assert spool.write(data * times) == plain.write(data * times)
            assert spool.tell() == plain.tell()
            spool.seek(at // 2)
            plain.seek(at // 2)
            assert spool.read(3 * PAGE) == plain.read(3 * PAGE)
        assert spool.seek(0, io.SEEK_END) == spool.size == len(plain.getvalue())
        spool.seek(0)
        assert spool.read() == plain.getvalue()


def test_nothing_on_the_disk_can_be_read_and_no_key_stream_is_used_twice(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as spool:
        seen: list[bytes] = []
        for letter in (b"a", b"a", b"b"):
            spool.seek(0)
            spool.write(letter * PAGE + WORDS * PAGE)
            seen.append(on_disk(spool)[:PAGE])
        assert len(set(seen)) == 3
        assert WORDS not in on_disk(spool)
        # Two pages under one key stream would tell how their plain texts differ.
        assert bytes(x ^ y for x, y in zip(seen[1], seen[2], strict=True)) != b"\3" * PAGE
        assert not list((tmp_path / "spool").iterdir())


def test_a_page_that_was_altered_or_put_back_does_not_open(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool:
        spool.write(WORDS * PAGE)
        before = on_disk(spool)
        spool.seek(0)
        spool.write(b"x" + WORDS * PAGE)
        os.pwrite(spool._pages._file.fileno(), before[: PAGE + 16], 0)
        spool.seek(0)
        with pytest.raises(Unreadable):
            spool.read(10)


def test_a_process_that_is_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", DIES, str(tmp_path / "spool")], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert list((tmp_path / "spool").iterdir()) == []


def test_whoever_still_works_with_a_closed_one_is_told(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.write(WORDS)
    spool.close()
    with pytest.raises(ValueError, match="closed"):
        spool.write(WORDS)
