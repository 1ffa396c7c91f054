"""The house's own linters find what they are for, and nothing in clean code."""

import pytest

from scripts.lint.repository import FORBIDDEN_WORDS
from scripts.lint.rules import RULES, WORKFLOW
from scripts.lint.sizes import shape, too_long
from scripts.lint.source import Source

BROKEN = {
    "one clock": ("activities/a.py", "from datetime import datetime\nx = datetime.now()\n"),
    "one clock by the module": ("api/a.py", "import time\nx = time.time()\n"),
    "tables by class": ("api/routes/a.py", "x = Job.__table__\n"),
    "raw SQL": ("interloop/db/a.py", "from sqlalchemy import select, text\n"),
    "raw SQL by the module": ("interloop/db/a.py", "import sqlalchemy as sa\nx = sa.text('1')\n"),
    "the environment": ("media_gateway/a.py", "import os\nx = os.environ['A']\n"),
    "a skipped test": ("tests/test_a.py", "import pytest\npytest.skip('no')\n"),
    "a test marked as skipped": ("tests/test_a.py", "import pytest\nx = pytest.mark.skipif\n"),
    "a mock": ("tests/test_a.py", "from unittest.mock import patch\n"),
    "a sleeping test": ("tests/test_a.py", "import time\ntime.sleep(1)\n"),
    "a workflow that draws lots": ("workflows/a.py", f"import random\n{WORKFLOW}"),
    "a workflow with a new id": ("workflows/a.py", f"{WORKFLOW}x = new_id()\n"),
    "a promise": ("workflows/a.py", "x = 1  # TO" + "DO later\n"),
}

CLEAN = {
    "the clock itself": ("interloop/domain/clock.py", "x = datetime.now(UTC)\n"),
    "the clock of services": ("activities/a.py", "x = self._services.clock.now()\n"),
    "the clock of a workflow": ("workflows/a.py", "x = workflow.now()\n"),
    "what runs beside workflows": ("workflows/a.py", "from pathlib import Path\n"),
    "measuring a duration": ("api/a.py", "x = time.monotonic()\n"),
    "the settings": ("interloop/settings.py", "x = os.environ\n"),
    "a column named text": ("interloop/db/a.py", "x = Turn.text\n"),
}


def findings(path: str, text: str) -> list[str]:
    source = Source(path, text)
    return [str(found) for rule in RULES for found in rule(source)]


@pytest.mark.parametrize(("path", "text"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_found_once(path: str, text: str) -> None:
    assert len(findings(path, text)) == 1


@pytest.mark.parametrize(("path", "text"), CLEAN.values(), ids=CLEAN)
def test_clean_code_is_left_in_peace(path: str, text: str) -> None:
    assert findings(path, text) == []


def test_a_long_function_is_found() -> None:
    body = "    x = 1\n"
    assert not list(too_long(Source("api/a.py", "def f():\n" + body * 59)))
    assert len(list(too_long(Source("api/a.py", "def f():\n" + body * 60)))) == 1


def test_many_long_files_break_the_shape() -> None:
    short, long = Source("api/a.py", "x = 1\n" * 50), Source("api/b.py", "x = 1\n" * 95)
    assert shape([short, short, long])[1]
    assert not shape([short, long, long])[1]


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a registry's host", "url = https://files.python" + "hosted.org/x"),
        ("a local path", "cd /ho" + "me/somebody/interloop"),
        ("a private key", "-----BEGIN PRIVATE " + "KEY-----"),
    ],
)
def test_what_must_not_be_committed_is_found(what: str, line: str) -> None:
    assert FORBIDDEN_WORDS[what].search(line)
