"""Nine days of one candidate, with production's durations, over the API and a real Temporal."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import select
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from api.app import create_app
from api.build import build_context
from api.context import Context
from api.links import candidate_token
from interloop.bootstrap import build
from interloop.db.tables import Message, MessageState
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.integrations.mail.port import OutgoingMail
from interloop.services import Services
from interloop.settings import Settings
from interloop.temporal.client import connect
from tests.api.conftest import Org, bearer, browser, make_org
from tests.api.test_intake import TEXT, Desk
from tests.fakes import FakeJudge, FakeMailer
from tests.journeys.gateway import Gateway
from tests.journeys.world import until
from tests.support.clock import FollowingClock
from tests.support.databases import DatabaseUrls
from workflows.ids import journey_id
from workflows.worker import make_worker

DAY = timedelta(days=1)
BERLIN = "Europe/Berlin"


@dataclass(frozen=True)
class Time:
    """What moves the time: the server, and the clock of API and activities that follows it."""

    env: WorkflowEnvironment
    clock: FollowingClock


class Walk:
    """What recruiter, hiring manager and candidate do, by the API."""

    def __init__(self, http: httpx2.AsyncClient, ours: Org, context: Context, time: Time) -> None:
        self.http, self.ours, self.context, self.time = http, ours, context, time
        self.application_id = self.job_id = UUID(int=0)

    @property
    def journey(self) -> WorkflowHandle[Any, Any]:
        return self.time.env.client.get_workflow_handle(journey_id(self.application_id))

    @property
    def path(self) -> str:
        return f"/api/applications/{self.application_id}"

    @property
    def candidate(self) -> dict[str, str]:
        token = candidate_token(self.context, self.ours.id, self.application_id)
        return {"authorization": f"Bearer {token}"}

    def staff(self, role: Role = Role.recruiter) -> dict[str, str]:
        return bearer(self.context, self.ours[role])

    async def skip_to(self, at: datetime) -> None:
        await self.time.clock.skip_to(self.time.env, self.journey, at)

    async def send(self, method: str, path: str, headers: dict[str, str], body: Any = None) -> Any:
        answer = await self.http.request(method, path, headers=headers, json=body)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json()

    async def opens_job(self) -> None:
        """A job whose invitations are open for five days and whose offers take two people."""
        desk = Desk(self.http, self.staff(), "")
        self.job_id = UUID(await desk.open_job())
        job = f"/api/jobs/{self.job_id}"
        await self.send("POST", f"{job}/plan/publish", self.staff(), {"revision": 1})
        members = [
            {"user_id": str(self.ours[role].id), "role": role.value}
            for role in (Role.recruiter, Role.hiring_manager)
        ]
        await self.send("PUT", f"{job}/members", self.staff(), {"members": members})
        policy = (await self.send("GET", f"{job}/policy", self.staff()))["policy"]
        wanted = policy | {"invitation": (5 * DAY).total_seconds(), "second_reviewer": True}
        saved = {"policy": wanted, "seen": policy}
        await self.send("PUT", f"{job}/policy", self.staff(), saved)

    async def adds_candidate(self) -> None:
        desk = Desk(self.http, self.staff(), str(self.job_id))
        self.application_id = UUID((await desk.add(TEXT.encode())).json()["id"])
        await self.stands("screening", "invite")

    async def invites(self) -> None:
        shown = await self.send("POST", f"{self.path}/invitation/preview", self.staff())
        body = {"message_id": shown["message_id"]}
        await self.send("POST", f"{self.path}/invitation", self.staff(), body)
        await self.stands("invited", "join")

    async def opens_link(self, mail: OutgoingMail) -> None:
        token = re.search(r"/c/#([\w-]+)", mail.text)
        assert token is not None
        await self.send("POST", "/api/candidate/links/redeem", {}, {"token": token[1]})
        page = await self.send("GET", "/api/candidate/invitation", self.candidate)
        consent = {"notice_sha256": page["notice"]["sha256"], "recording": True}
        await self.send("POST", "/api/candidate/consent", self.candidate, consent)

    async def hold(self, at: datetime) -> httpx2.Response:
        body = {"starts_at": at.isoformat(), "zone": BERLIN}
        return await self.http.post("/api/candidate/holds", headers=self.candidate, json=body)

    async def chooses(self, *, after: datetime) -> datetime:
        """Take the first time after an instant that is offered; return it."""
        path = f"/api/candidate/slots?zone={BERLIN}"
        slots = (await self.send("GET", path, self.candidate))["slots"]
        starts = (datetime.fromisoformat(slot["starts_at"]) for slot in slots)
        at = next(start for start in starts if start > after)
        held = (await self.hold(at)).json()
        # A hold that ran out is no time, by the clock that the journey lives by.
        body = {"hold_id": held["id"]}
        taken = await self.send("POST", "/api/candidate/appointment", self.candidate, body)
        assert datetime.fromisoformat(taken["appointment"]["starts_at"]) == at
        return at

    async def joins(self) -> None:
        # The room of this test is empty at once: the interview may be over before it is told.
        joined = await self.http.post("/api/candidate/join", headers=self.candidate, json={})
        assert joined.status_code in {200, 202, 410}, joined.text

    async def decides_with_a_second_person(self) -> None:
        """The recruiter proposes the offer; the hiring manager marks first, then confirms."""
        decisions = f"{self.path}/decisions"
        shown = await self.send("POST", f"{decisions}/preview", self.staff(), {"kind": "hire"})
        body = {"kind": "hire", "reason": "all answers read", "message_id": shown["message_id"]}
        decision = await self.send("POST", decisions, self.staff(), body)
        await self.stands("in_review", "decide")
        manager = self.staff(Role.hiring_manager)
        interviews = await self.send("GET", f"{self.path}/interviews", manager)
        card = f"/api/interviews/{interviews[0]['id']}"
        for each in (await self.send("GET", f"{card}/scorecard", manager))["criteria"]:
            mark = f"{card}/marks/{each['criterion']['id']}"
            await self.send("PUT", mark, manager, {"level": 4})
        await self.send("POST", f"{card}/scorecard/submit", manager)
        opinion = {"verdict": "confirm", "reason": "I agree"}
        await self.send("POST", f"{decisions}/{decision['id']}/opinion", manager, opinion)

    async def stands(self, stage: str, step: str) -> None:
        async def there() -> bool:
            page = await self.send("GET", self.path, self.staff())
            return (page["stage"], page["next_step"]) == (stage, step)

        await until(there)

    async def mailed(self, *kinds: str) -> None:
        """Wait until the mails that were sent are of these kinds, oldest first."""

        async def sent() -> bool:
            return tuple(await self.kinds()) == kinds

        await until(sent)

    async def kinds(self) -> list[str]:
        async with self.context.services.db.read(self.ours.id) as session:
            statement = (
                select(Message.kind)
                .where(Message.state == MessageState.sent)
                .order_by(Message.sent_at, Message.id)
            )
            return [kind.value for kind in (await session.execute(statement)).scalars()]


@pytest.fixture
async def clock() -> FollowingClock:
    return FollowingClock()


@pytest.fixture
async def services(
    database_urls: DatabaseUrls,
    skipping: WorkflowEnvironment,
    clock: FollowingClock,
    tmp_path: Path,
) -> AsyncIterator[Services]:
    settings = Settings(
        **vars(database_urls),
        state_dir=tmp_path,
        root_key_file=tmp_path / "root.key",
        password_cost="cheap",
        temporal_address=skipping.client.service_client.config.target_host,
        temporal_namespace=skipping.client.namespace,
        task_queue=f"journeys-{new_id()}",
    )
    built = await build(settings, clock)
    yield replace(built, mail=FakeMailer(), judge=FakeJudge())
    await built.close()


async def test_nine_days_from_the_invitation_to_the_offer(
    services: Services, skipping: WorkflowEnvironment, clock: FollowingClock
) -> None:
    """Invited, reminded twice, a time on day 4, another time, the interview, two reviewers."""
    context = await build_context(services)
    app = create_app(context)
    ours = await make_org(services, "Nine days")
    client = await connect(services)
    gateway = Gateway(services)
    async with browser(app) as http, make_worker(client, services), gateway.open(client):
        walk = Walk(http, ours, context, Time(skipping, clock))
        began = clock.now()
        await walk.opens_job()
        await walk.adds_candidate()
        await walk.invites()
        # An invitation that is open for five days brings itself to mind twice before day 4.
        await walk.skip_to(began + 4 * DAY)
        await walk.mailed("invite", "reminder", "reminder")
        await days_4_to_7(walk, began)
        await walk.skip_to(began + 8 * DAY)
        await walk.decides_with_a_second_person()
        await walk.skip_to(began + 9 * DAY)
        journey = client.get_workflow_handle(journey_id(walk.application_id))
        assert await journey.result() == "hired"
        await walk.stands("closed", "none")
        sent = await walk.kinds()
    assert sent[3:5] == ["booked", "rescheduled"]
    assert 1 <= sent[5:].count("reminder") <= 2
    assert sent[-1] == "offer"
    await context.web.aclose()


async def days_4_to_7(walk: Walk, began: datetime) -> None:
    """The link of the first mail still opens; a time, then another one; and the interview."""
    mailer = walk.context.services.mail
    assert isinstance(mailer, FakeMailer)
    await walk.opens_link(mailer.mails[0])
    first = await walk.chooses(after=began + 6 * DAY)
    await walk.stands("scheduled", "attend")
    await walk.skip_to(began + 5 * DAY)
    second = await walk.chooses(after=began + 7 * DAY)
    assert second > first
    refused = await walk.hold(second + DAY)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_free_change")
    await walk.skip_to(second)
    await walk.joins()
    await walk.stands("in_review", "decide")
