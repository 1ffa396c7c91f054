"""The feed: what changed, for whom, and from where on."""

import asyncio
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from api.context import Context
from interloop.db.tables import User
from interloop.db.trail import changed
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.serving import served
from tests.api.world import Case, make_case


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    return await make_case(services, ours)


async def say(services: Services, case: Case, noun: str) -> None:
    async with services.db.session(case.org.id) as session:
        now = services.clock.now()
        await changed(session, noun, new_id(), at=now, job_id=case.job_id)


async def heard(
    app: FastAPI, context: Context, user: User, act: Any, *, until: str, last: str = ""
) -> list[str]:
    """Open the stream, act, and return its lines up to the one that holds `until`."""
    lines: list[str] = []
    headers = bearer(context, user) | ({"last-event-id": last} if last else {})
    async with (
        served(app) as base,
        httpx2.AsyncClient(base_url=base) as http,
        asyncio.timeout(10),
        http.stream("GET", "/api/events", headers=headers) as feed,
    ):
        assert feed.headers["content-type"].startswith("text/event-stream")
        async for line in feed.aiter_lines():
            if line.startswith("retry:"):
                await act()
            lines.append(line)
            if until in line:
                break
    return lines


async def test_a_change_reaches_who_may_see_it(
    app: FastAPI, context: Context, services: Services, case: Case
) -> None:
    lines = await heard(
        app,
        context,
        case.members[Role.interviewer],
        lambda: say(services, case, "application"),
        until="application",
    )
    assert "event: change" in lines


async def test_a_stranger_hears_nothing_of_the_job(
    app: FastAPI, context: Context, services: Services, case: Case, ours: Org
) -> None:
    mine = await make_case(services, ours)

    async def both() -> None:
        await say(services, case, "hidden")
        await say(services, mine, "shown")

    lines = await heard(app, context, mine.members[Role.recruiter], both, until="shown")
    assert not [line for line in lines if "hidden" in line]


async def test_what_was_missed_is_told_after_the_last_event_id(
    app: FastAPI, context: Context, services: Services, case: Case
) -> None:
    for noun in ("first", "second", "third"):
        await say(services, case, noun)

    async def nothing() -> None:
        """All has happened already."""

    member = case.members[Role.recruiter]
    lines = await heard(app, context, member, nothing, until="third", last="1")
    told = [line for line in lines if line.startswith("data:")]
    assert ["first" in each or "second" in each or "third" in each for each in told] == [True, True]
    assert "id: 3" in lines
