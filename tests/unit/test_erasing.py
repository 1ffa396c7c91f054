"""When histories may be erased, by rows and by what still runs."""

import pytest

from interloop.domain.erasing import Course, check_may_erase, refusal_of
from interloop.domain.errors import Conflict
from interloop.domain.ids import new_id
from interloop.domain.stage import Stage
from interloop.temporal.ids import calendar_id, export_id, healing_id, journey_id, resend_id
from interloop.temporal.ids import review_id as review
from interloop.temporal.ids import round_id as interview


@pytest.mark.parametrize("stage", [each for each in Stage if each is not Stage.closed])
def test_an_open_application_keeps_its_histories(stage: Stage) -> None:
    with pytest.raises(Conflict) as refused:
        check_may_erase(Course(stage=stage))
    assert refused.value.code == "journey_runs"


def test_a_closed_one_loses_them_unless_something_goes_on() -> None:
    check_may_erase(Course(stage=Stage.closed))
    for course in (
        Course(stage=Stage.closed, review_open=True),
        Course(stage=Stage.closed, being_erased=True),
    ):
        with pytest.raises(Conflict):
            check_may_erase(course)


def test_all_that_runs_is_waited_for_but_a_file_that_is_kept() -> None:
    needed = (journey_id, interview, healing_id, review, resend_id, calendar_id)
    assert all(refusal_of(name(new_id())) for name in needed)
    assert refusal_of(export_id(new_id())) is None
