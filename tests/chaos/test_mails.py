"""The worker dies before, during and after each mail: it leaves once, and a person looks at it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import DecisionKind, Message, MessageKind, MessageState, Task, TaskKind
from interloop.domain.errors import Conflict
from interloop.domain.journey import Policy
from interloop.domain.stage import Outcome, Stage
from interloop.failpoints import Moment
from tests.chaos.mortal import Mortal, mortal
from tests.journeys.world import until
from tests.sandbox.outside import Outside, start
from tests.support.databases import DatabaseUrls

ARRIVED = {Moment.before: 0, Moment.during: 1, Moment.after: 1}
"""How often a mail reaches its candidate when the worker dies at this moment of it."""

UNDER_WAY = frozenset({MessageState.pending, MessageState.sending})


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Outside]:
    started = await start(tmp_path_factory.mktemp("sandbox"))
    yield started
    await started.stop()


@pytest.fixture
async def house(
    skipping: WorkflowEnvironment,
    database_urls: DatabaseUrls,
    tmp_path: Path,
    running: Outside,
) -> AsyncIterator[Mortal]:
    await running.control("reset")
    async with mortal(skipping, database_urls, tmp_path, running) as opened:
        opened.road.here.policy = Policy(pulse=timedelta(seconds=2), heartbeat=timedelta(seconds=1))
        await opened.road.here.start()
        await opened.road.here.stands_at(Stage.screening, "invite")
        yield opened


async def newest(house: Mortal, kind: MessageKind) -> Message | None:
    here = house.road.here
    async with here.services.db.read(here.org_id) as session:
        statement = select(Message).where(Message.kind == kind).order_by(Message.id.desc())
        return (await session.scalars(statement)).first()


async def arrived(house: Mortal, message: Message) -> int:
    """Return how often this mail is in the inbox."""
    mails = await house.outside.get("/api/messages")
    return sum(str(message.id) in mail["message_id"] for mail in mails)


async def asked_about(house: Mortal) -> list[str]:
    """Return the mails that a person is asked to look at."""
    here = house.road.here
    async with here.services.db.read(here.org_id) as session:
        statement = select(Task.key).where(Task.kind == TaskKind.message_failed)
        return list(await session.scalars(statement))


async def dies(
    house: Mortal, moment: Moment, kind: MessageKind, cause: Coroutine[Any, Any, object]
) -> Message:
    """Let the worker die at this moment of the mail that `cause` leads to; return the mail."""
    if moment is Moment.during:
        await house.outside.control("mail/fault", kind="silent")
    else:
        house.die_at("mail.send", moment)
    doing = asyncio.ensure_future(cause)
    if moment is Moment.during:

        async def taken() -> bool:
            mail = await newest(house, kind)
            return mail is not None and await arrived(house, mail) == 1

        await until(taken)
        await house.killed()
    else:
        await house.dead()
    await house.live()
    await doing

    async def settled() -> bool:
        mail = await newest(house, kind)
        return mail is not None and mail.state not in UNDER_WAY

    await until(settled)
    mail = await newest(house, kind)
    assert mail is not None
    assert mail.state is MessageState.ambiguous

    async def told() -> bool:
        return str(mail.id) in await asked_about(house)

    await until(told)
    return mail


@pytest.mark.parametrize("moment", Moment)
async def test_no_mail_of_a_journey_leaves_twice_whenever_the_worker_dies(
    house: Mortal, moment: Moment
) -> None:
    road, here = house.road, house.road.here
    await road.invite()
    first = await road.first_time(after=timedelta(days=3))
    await road.book(first)
    await road.mailed("invite", "booked")
    second = (first + timedelta(days=2)).replace(hour=13, minute=0)
    mails = [await dies(house, moment, MessageKind.rescheduled, road.book(second))]
    a_day_before = road.skip_to(second - timedelta(hours=23, minutes=59))
    mails.append(await dies(house, moment, MessageKind.reminder, a_day_before))
    decision_id = await here.decision(DecisionKind.reject, message=MessageKind.rejection)
    mails.append(await dies(house, moment, MessageKind.rejection, here.decide(decision_id)))
    assert await here.journey.result() is Outcome.rejected
    # Each was settled before the next began, and the journey is over: nothing is to come.
    assert [await arrived(house, mail) for mail in mails] == [ARRIVED[moment]] * len(mails)
    assert sorted(await asked_about(house)) == sorted(str(mail.id) for mail in mails)
    assert await road.mails() == ["invite", "booked"]


@pytest.mark.parametrize("moment", Moment)
async def test_an_offer_never_leaves_twice(house: Mortal, moment: Moment) -> None:
    here = house.road.here
    decision_id = await here.decision(DecisionKind.hire, message=MessageKind.offer)
    mail = await dies(house, moment, MessageKind.offer, here.decide(decision_id))
    assert await here.journey.result() is Outcome.hired
    with pytest.raises(Conflict):
        await here.decide(decision_id)
    assert await arrived(house, mail) == ARRIVED[moment]
    assert await asked_about(house) == [str(mail.id)]
