"""Reading uploads in the limited process: what is seen, what is quarantined, what is refused."""

import asyncio
import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from interloop.demo.paper import Line, draw_pdf, make_pdf
from interloop.domain.document import ReadDocument, ReadStatus
from interloop.integrations.resume.local import LocalReader
from interloop.integrations.resume.port import MAX_BYTES, DocumentReader
from tests.support import documents

HIDING_PLACES = documents.hidden_text_pdfs()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

REFUSED = {
    "nothing at all": (b"", ReadStatus.EMPTY),
    "blanks": (b" \n\t ", ReadStatus.EMPTY),
    "a web page called resume.pdf": (b"<!DOCTYPE html><p>hi</p>", ReadStatus.NOT_A_DOCUMENT),
    "bytes of no meaning": (bytes(range(256)) * 8, ReadStatus.NOT_A_DOCUMENT),
    "an old Word file": (OLE + b"x" * 512, ReadStatus.NOT_A_DOCUMENT),
    "a Word file with a password": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        ReadStatus.ENCRYPTED,
    ),
    "a broken archive": (b"PK\x03\x04 and then nothing", ReadStatus.CORRUPT),
    "a PDF with a password": (documents.encrypted_pdf(), ReadStatus.ENCRYPTED),
    "a Word file with damaged bytes": (documents.damaged_docx(), ReadStatus.CORRUPT),
    "half a PDF": (documents.truncated_pdf(), ReadStatus.CORRUPT),
    "a blank page": (documents.blank_pdf(), ReadStatus.EMPTY),
    "a scan": (documents.scan_pdf(), ReadStatus.NO_TEXT),
    "thirty-one pages": (documents.many_pages_pdf(31), ReadStatus.TOO_MANY_PAGES),
    "a Word file without words": (documents.empty_docx(), ReadStatus.EMPTY),
    "a Word file that unpacks to a giant": (documents.bomb_docx(), ReadStatus.TOO_LARGE),
    "a stream that inflates to a giant": (documents.flate_bomb_pdf(), ReadStatus.EMPTY),
    "a stream that inflates beyond all memory": (
        documents.flate_bomb_pdf(4000),
        ReadStatus.CORRUPT,
    ),
    "more than ten megabytes": (b"%PDF-" + b"x" * MAX_BYTES, ReadStatus.TOO_LARGE),
    "more text than anybody reads": (b"word " * 70_000, ReadStatus.TOO_LARGE),
}


@pytest.fixture(scope="module")
def reader() -> DocumentReader:
    return LocalReader()


@pytest.mark.parametrize(("data", "status"), REFUSED.values(), ids=REFUSED)
async def test_each_bad_upload_has_its_own_outcome_and_no_text(
    reader: DocumentReader, data: bytes, status: ReadStatus
) -> None:
    document = await reader.read(data, filename="resume.pdf")
    assert (document.status, document.text) == (status, "")


@pytest.mark.parametrize("data", HIDING_PLACES.values(), ids=HIDING_PLACES)
async def test_text_that_nobody_sees_is_quarantined(reader: DocumentReader, data: bytes) -> None:
    document = await reader.read(data, filename="resume.pdf")
    assert document.status is ReadStatus.OK
    assert document.hidden_text == documents.ATTACK
    assert "Terraform" not in document.text
    assert document.text.splitlines() == documents.RESUME.splitlines()


async def test_white_words_on_a_dark_ground_are_seen(reader: DocumentReader) -> None:
    dark = b"0.1 0.1 0.3 rg 0 0 595 842 re f\n"
    line = Line("Knows Terraform", colour=(1, 1, 1))
    document = await reader.read(draw_pdf([[line]], underlay=dark), filename="a.pdf")
    assert (document.text, document.hidden_text) == ("Knows Terraform", "")


async def test_the_words_a_scanner_lays_over_its_picture_are_not_trusted(
    reader: DocumentReader,
) -> None:
    document = await reader.read(documents.scan_pdf(ocr="Hire me"), filename="scan.pdf")
    assert (document.status, document.hidden_text) == (ReadStatus.NO_TEXT, "Hire me")


async def test_columns_are_read_one_after_the_other(reader: DocumentReader) -> None:
    left = ["Contact", "Leeds", "Languages", "Python", "SQL", "Go"]
    right = [
        "Experience",
        "Engineer at Globex",
        "Built the import",
        "Led a migration",
        "Fin",
        "End",
    ]
    data = documents.two_column_pdf(left, right, title="A heading across both of the columns here")
    text = (await reader.read(data, filename="two.pdf")).text
    assert text.split("\n\n")[1:] == ["\n".join(left), "\n".join(right)]


async def test_a_long_text_goes_over_several_pages_in_order(reader: DocumentReader) -> None:
    lines = [f"Line number {number}" for number in range(120)]
    document = await reader.read(make_pdf("\n".join(lines)), filename="long.pdf")
    assert document.pages == 3
    assert [line for line in document.text.splitlines() if line] == lines


async def test_content_beats_the_name_of_the_file(reader: DocumentReader) -> None:
    document = await reader.read(make_pdf("Dana Whitfield"), filename="resume.exe")
    assert (document.status, document.text) == (ReadStatus.OK, "Dana Whitfield")


async def test_a_word_file_keeps_its_bullets_and_gives_up_its_hidden_runs(
    reader: DocumentReader,
) -> None:
    data = documents.make_docx(
        documents.RESUME, hidden=documents.ATTACK, white="white words", bullets=["Kafka"]
    )
    document = await reader.read(data, filename="resume.docx")
    assert document.status is ReadStatus.OK
    assert document.text.startswith("Dana Whitfield\n")
    assert document.text.endswith("\u2022 Kafka")
    assert document.hidden_text == f"{documents.ATTACK} white words"


async def test_a_run_of_one_point_is_hidden(reader: DocumentReader) -> None:
    document = await reader.read(documents.tiny_docx("seen", tiny="unseen"), filename="a.docx")
    assert (document.text, document.hidden_text) == ("seen", "unseen")


async def test_characters_without_a_shape_vanish_and_tags_are_spelt_out(
    reader: DocumentReader,
) -> None:
    tags = "".join(chr(0xE0000 + ord(char)) for char in "hire")
    data = f"Py\u200bthon\u202e {tags}of\ufb01ce".encode()
    document = await reader.read(data, filename="cv.txt")
    assert (document.text, document.hidden_text) == ("Python office", "hire")


async def test_text_of_an_old_windows_is_read(reader: DocumentReader) -> None:
    document = await reader.read("- caf\u00e9\r\n- th\u00e9".encode("cp1252"), filename="job.txt")
    assert document.text == "- caf\u00e9\n- th\u00e9"


async def test_a_reading_out_of_time_is_ended_and_says_so() -> None:
    hasty = LocalReader(wall=timedelta(milliseconds=30))
    document = await hasty.read(make_pdf("Dana Whitfield"), filename="a.pdf")
    assert document.status is ReadStatus.TIMED_OUT


async def test_a_cancelled_reading_leaves_no_process() -> None:
    before = _readers()
    reading = asyncio.create_task(LocalReader().read(documents.bomb_docx(), filename="a.docx"))
    await _born(before)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert not _readers() - before


async def test_a_reader_that_dies_makes_a_corrupt_document_not_an_error() -> None:
    before = _readers()
    reading = asyncio.create_task(LocalReader().read(make_pdf("x"), filename="a.pdf"))
    os.kill(await _born(before), signal.SIGSEGV)
    assert (await reading).status is ReadStatus.CORRUPT


def test_a_document_without_text_can_never_be_ok() -> None:
    with pytest.raises(ValidationError, match="exactly when it has text"):
        ReadDocument(status=ReadStatus.OK, text=" \n")
    with pytest.raises(ValidationError, match="exactly when it has text"):
        ReadDocument(status=ReadStatus.CORRUPT, text="half")


async def _born(before: set[int]) -> int:
    """The process id of the next reader."""
    for _ in range(2000):
        if born := _readers() - before:
            return born.pop()
        await asyncio.sleep(0.005)
    raise TimeoutError("no reader was started")


def _readers() -> set[int]:
    """The process ids of readers that this process has started and that still live."""
    tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
    children = {int(child) for task in tasks for child in _read(task / "children").split()}
    return {child for child in children if _is_reader(child)}


def _is_reader(process: int) -> bool:
    return b"integrations.resume.worker" in _read(Path(f"/proc/{process}/cmdline"))


def _read(path: Path) -> bytes:
    """What the kernel tells of a thread or process; nothing once it has ended."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
