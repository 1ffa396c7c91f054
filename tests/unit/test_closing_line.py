"""Several runs of pytest are told as one, and a run that broke off is never a success."""

from collections import Counter
from pathlib import Path

from scripts.test import batches, closing_line, tally


def test_the_last_line_reads_like_pytests_own() -> None:
    line = closing_line(Counter(passed=345, failed=2), 812.34)
    assert line.strip("=") == " 2 failed, 345 passed in 812.34s (0:13:32) "


def test_a_report_is_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite errors="1" failures="2" skipped="0" tests="10"/></testsuites>'
    )
    assert tally(report) == Counter(passed=7, failed=2, errors=1, skipped=0)


def test_a_run_that_broke_off_is_an_error(tmp_path: Path) -> None:
    counts = tally(tmp_path / "never-written.xml")
    assert counts["errors"] == 1
    assert "1 error" in closing_line(counts, 1)


def test_every_folder_of_tests_is_in_exactly_one_batch() -> None:
    tests = Path(__file__).parents[1]
    with_tests = {p.name for p in tests.iterdir() if any(p.glob("**/test_*.py"))}
    batched = [folder for batch in batches() for folder in batch.folders]
    assert sorted(batched) == sorted(with_tests)
