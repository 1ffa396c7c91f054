"""Log lines cannot carry a person, whoever writes them."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from interloop import logs

NAME = "Wilhelmina Quillfeather"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure("INFO", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def last(lines: io.StringIO) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(lines.getvalue().splitlines()[-1])
    return told


def test_listed_keys_pass_and_others_do_not(lines: io.StringIO) -> None:
    structlog.get_logger("a").info("turn.committed", turn_id="0191", candidate=NAME, text="hello")
    told = last(lines)
    assert (told["event"], told["turn_id"], told["level"]) == ("turn.committed", "0191", "info")
    assert set(told) == {"event", "turn_id", "level", "logger", "timestamp"}


def test_a_sentence_under_a_listed_key_does_not_pass(lines: io.StringIO) -> None:
    structlog.get_logger("a").info("step", reason=f"because {NAME} said so", code="ok")
    assert "reason" not in last(lines)
    assert NAME not in lines.getvalue()


def test_a_librarys_values_stay_out(lines: io.StringIO) -> None:
    logging.getLogger("library").warning("cannot send to %s", NAME)
    assert last(lines)["event"] == "cannot send to %s"
    assert NAME not in lines.getvalue()


def test_an_error_is_told_by_class_and_place(lines: io.StringIO) -> None:
    try:
        int(NAME)
    except ValueError:
        structlog.get_logger("a").exception("step.failed")
        ours = last(lines)["exception"]
        logging.getLogger("library").exception("failed")
    for told in (ours, last(lines)["exception"]):
        assert told.startswith("ValueError at test_logs.py:")
    assert NAME not in lines.getvalue()
