"""One sentence says why a candidate waits, with the next timer and with nobody's name."""

from datetime import UTC, datetime

import pytest

from interloop.domain.journey import NextStep
from interloop.domain.waiting import sentence, why

DUE = datetime(2026, 12, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize("step", NextStep)
def test_every_step_has_its_sentence(step: NextStep) -> None:
    found = why(step)
    assert ("{who}" in found.text) == bool(found.who)
    assert "{" not in sentence(step, None)
    assert sentence(step, DUE).endswith(f"; {found.timer} 2026-12-06 12:00 UTC.")


def test_the_sentence_names_who_must_act_and_what_the_clock_will_do() -> None:
    said = sentence(NextStep.joining, DUE)
    assert said == (
        "The candidate has the invitation and starts the interview whenever they want; "
        "the link closes 2026-12-06 12:00 UTC."
    )
