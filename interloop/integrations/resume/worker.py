"""The process that opens an untrusted document: bytes on stdin, a `ReadDocument` on stdout.

It limits its own memory, time, files and network before it reads the first byte, because the
libraries that parse documents are the likeliest place of the whole product to be attacked.
"""

import os
import resource
import signal
import sys

from interloop.domain.document import ReadDocument, ReadStatus
from interloop.integrations.resume.invisible import parted
from interloop.integrations.resume.kinds import Kind, decoded, kind_of
from interloop.integrations.resume.port import MAX_BYTES

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 20
WALL_SECONDS = 30
_FILE_BYTES = 32 * 1024**2
_MAX_TEXT = 100_000
"""Characters: thirty closely printed pages."""

_MAX_HIDDEN = 20_000

_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")

_REFUSED = {
    Kind.ENCRYPTED: ReadStatus.ENCRYPTED,
    Kind.BOMB: ReadStatus.TOO_LARGE,
    Kind.BROKEN: ReadStatus.CORRUPT,
    Kind.OTHER: ReadStatus.NOT_A_DOCUMENT,
}


def read(data: bytes) -> ReadDocument:
    """Read a document of any kind; whatever it is, the outcome is typed."""
    if not data.strip():
        return ReadDocument(status=ReadStatus.EMPTY)
    if len(data) > MAX_BYTES:
        return ReadDocument(status=ReadStatus.TOO_LARGE)
    kind = kind_of(data)
    if kind in _REFUSED:
        return ReadDocument(status=_REFUSED[kind])
    try:
        document = _read_kind(kind, data)
    except MemoryError:
        return ReadDocument(status=ReadStatus.TOO_LARGE)
    if len(document.text) > _MAX_TEXT:
        return ReadDocument(status=ReadStatus.TOO_LARGE, pages=document.pages)
    return document.model_copy(update={"hidden_text": document.hidden_text[:_MAX_HIDDEN]})


def _read_kind(kind: Kind, data: bytes) -> ReadDocument:
    if kind is Kind.PDF:
        from interloop.integrations.resume.pdf import read_pdf  # noqa: PLC0415 one parser a process

        return read_pdf(data)
    if kind is Kind.DOCX:
        from interloop.integrations.resume.office import read_docx  # noqa: PLC0415 same

        return read_docx(data)
    return _read_text(data)


def _read_text(data: bytes) -> ReadDocument:
    """Plain text is taken as it is: `unstructured` would drop the bullets and join the lines."""
    text, hidden = parted(decoded(data) or "")
    if not text.strip():
        return ReadDocument(status=ReadStatus.EMPTY)
    return ReadDocument(status=ReadStatus.OK, pages=1, text=text, hidden_text=hidden)


def confine() -> None:
    """Limit this process; a child that outlives its parent ends itself by the alarm."""
    signal.alarm(WALL_SECONDS + 5)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, _args: object) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is not for a process that reads documents")


def main() -> None:
    """Read stdin, answer on stdout; what libraries print goes to stderr instead."""
    confine()
    answer = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    document = read(sys.stdin.buffer.read(MAX_BYTES + 1))
    with os.fdopen(answer, "wb") as stream:
        stream.write(document.model_dump_json().encode())


if __name__ == "__main__":
    main()
