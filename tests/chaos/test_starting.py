"""Temporal is away when a journey should start: nothing is refused, nothing is half done."""

import asyncio
import signal
from collections.abc import AsyncIterator
from typing import Any

import pytest

from interloop.demo.http import Away, DemoFailed, wait_for
from tests.chaos.people import Office
from tests.support.product import Product


@pytest.fixture(scope="module")
async def office(product: Product) -> AsyncIterator[Office]:
    async with Office.open(product) as opened:
        yield opened


async def test_a_journey_starts_by_itself_once_temporal_is_back(
    product: Product, office: Office
) -> None:
    product.signal("temporal", signal.SIGSTOP)
    try:
        created = await office.add("late.starter@candidate.example")
        assert created["journey"] == "waiting"
        seen = await office.desk.application(created["id"])
        assert (seen["journey"], seen["stage"]) == ("waiting", "screening")
        with pytest.raises(DemoFailed, match="409 same_email"):
            await office.add("late.starter@candidate.example")
    finally:
        product.signal("temporal", signal.SIGCONT)

    async def look() -> Any:
        return await office.desk.application(created["id"])

    def is_screened(seen: Any) -> bool:
        started = seen["journey"] == "started" and seen["waiting_on"] == "recruiter"
        return started and seen["match_total"] is not None

    # The worker sweeps every 20 s.
    await wait_for(look, is_screened, "the start of the journey", patience_s=120)
    history = await office.desk.http.send("GET", f"/api/applications/{created['id']}/history")
    assert [entry["action"] for entry in history].count("application.added") == 1


async def test_an_invitation_while_temporal_is_away_is_one_invitation(
    product: Product, office: Office
) -> None:
    created = await office.add("patient.guest@candidate.example")
    await office.desk.until(created["id"], "screening", waiting_on="recruiter")
    place = f"/api/applications/{created['id']}/invitation"
    preview = await office.desk.http.send("POST", f"{place}/preview")
    body = {"message_id": preview["message_id"]}
    product.signal("temporal", signal.SIGSTOP)
    try:
        with pytest.raises(Away):
            await office.desk.http.send("POST", place, json=body)
    finally:
        product.signal("temporal", signal.SIGCONT)
    await asyncio.gather(*(office.desk.http.send("POST", place, json=body) for _ in range(2)))
    await office.desk.until(created["id"], "invited")
    rounds = await office.desk.http.send("GET", f"/api/applications/{created['id']}/interviews")
    assert len([each for each in rounds if each["state"] != "cancelled"]) == 1
