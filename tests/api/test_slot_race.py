"""Two people, one time: exactly one has it, on both databases."""

import pytest

from interloop.services import Services
from tests.support.slot_race import race


@pytest.mark.parametrize("apart", [False, True], ids=["the same time", "times that overlap"])
async def test_of_many_who_want_one_time_exactly_one_gets_it(
    services: Services, apart: bool
) -> None:
    assert await race(services, 40, apart=apart) == {"booked": 1, "slot_taken": 39, "rows": 1}
