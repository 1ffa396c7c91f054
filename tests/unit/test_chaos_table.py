"""What the kill tests cost is summed up by what was killed."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from scripts.chaos import bounds, table
from tests.support.figures import Figures, record

FINE = Figures(
    case="worker",
    finished=True,
    turns_lost=0,
    turns_doubled=0,
    effects_doubled=0,
    audio_lost_s=0.0,
    back_s=1.0,
)
LOST = replace(FINE, case="gateway", turns_lost=1, audio_lost_s=2.5, back_s=4.0)
STUCK = replace(
    LOST,
    finished=False,
    turns_lost=0,
    turns_doubled=2,
    effects_doubled=1,
    audio_lost_s=0.5,
    back_s=9.0,
)


def test_each_case_and_all_of_them_are_summed_up() -> None:
    lines = table(asdict(each) for each in (LOST, FINE, STUCK)).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["gateway", "2", "1", "1", "2", "1", "3.0", "9.0", "9.0"],
        ["worker", "1", "1", "0", "0", "0", "0.0", "1.0", "1.0"],
        ["all", "3", "2", "1", "2", "1", "3.0", "4.0", "9.0"],
    ]


def test_figures_are_written_down_only_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "figures.jsonl"
    record(LOST)
    monkeypatch.setenv("INTERLOOP_FIGURES", str(file))
    record(LOST)
    record(FINE)
    assert [json.loads(line)["case"] for line in file.read_text().splitlines()] == [
        "gateway",
        "worker",
    ]


def test_what_was_not_seen_may_still_happen_and_how_often_is_said() -> None:
    # With nothing seen the bound is 1 - 0.05 ** (1 / n).
    assert bounds([asdict(FINE)] * 59) == (
        "0 of 59 interviews harmed; at most 4.95% by 95% confidence"
    )
    assert bounds([asdict(FINE)] * 19 + [asdict(STUCK)]).startswith("1 of 20 interviews harmed; at")
    assert bounds([asdict(LOST)] * 3).endswith("at most 100.00% by 95% confidence")
    assert bounds([]) == "nothing was seen"
