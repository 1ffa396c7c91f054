"""A list of people: looked at first, then everybody is added once and every row is told of."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from sqlalchemy import func, select
from temporalio.testing import WorkflowEnvironment

from activities.bulk import BulkSteps
from api.context import Context
from interloop.db.tables import Application, BulkItem, BulkUpload, Candidate, Task
from interloop.domain.bulk import BulkInput, BulkKind, BulkState, ItemRef
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.domain.stage import Stage
from interloop.services import Services
from interloop.settings import Settings
from interloop.temporal.client import connect
from tests.api.conftest import Org, bearer
from tests.api.test_intake import TEXT, Desk
from tests.api.test_steering import until
from tests.api.working import at, posting
from workflows.ids import bulk_id
from workflows.sweep import sweep
from workflows.worker import make_worker

LIST = """Name;E-mail;Language;Time zone;ID;Shoe size
Anna Reed;anna.reed@example.test;de;Europe/Vienna;A-1;39
Ben Moor;ben.moor@example.test;;;A-2;44
Ben again;BEN.MOOR@example.test;;;;
Broken;nobody;xx;;;
Jordan Vale;jordan.vale@example.test;;;;
"""


@pytest.fixture
async def desk(http: httpx2.AsyncClient, ours: Org, context: Context) -> Desk:
    desk = Desk(http, bearer(context, ours[Role.recruiter]), "")
    desk.job_id = await desk.open_job()
    return desk


async def look_at(desk: Desk, data: str | bytes) -> httpx2.Response:
    return await desk.http.post(
        f"/api/jobs/{desk.job_id}/lists/preview",
        headers=desk.headers,
        files={"people": ("people.csv", data, "text/csv")},
    )


async def hand_in(desk: Desk, data: str | bytes, sent_as: str | None = None) -> httpx2.Response:
    return await desk.http.post(
        f"/api/jobs/{desk.job_id}/lists",
        headers=desk.headers,
        files={"people": ("people.csv", data, "text/csv")},
        data={"sent_as": sent_as or str(uuid4())},
    )


async def count(services: Services, ours: Org, table: type[Any]) -> int:
    async with services.db.read(ours.id) as session:
        return await session.scalar(select(func.count(table.id))) or 0


async def test_a_preview_says_who_is_new_there_already_or_wrong_and_stores_nothing(
    desk: Desk, services: Services, ours: Org
) -> None:
    there = (await desk.add(TEXT.encode())).json()["id"]
    seen = (await look_at(desk, LIST)).json()
    outcomes = [(row["person"]["line"], row["outcome"]) for row in seen["rows"]]
    assert outcomes == [
        (2, "new"),
        (3, "new"),
        (4, "wrong"),
        (5, "wrong"),
        (6, "already_there"),
    ]
    assert seen["rows"][4]["application_id"] == there
    assert [w["heading"] for w in seen["rows"][3]["person"]["wrong"]] == ["E-mail", "Language"]
    assert (seen["to_add"], seen["encoding"], seen["separator"]) == (2, "UTF-8", ";")
    assert seen["ignored"] == ["Shoe size"]
    assert await count(services, ours, Candidate) == 1
    assert await count(services, ours, BulkUpload) == 0


async def test_what_is_no_list_is_refused_before_anything_is_stored(
    desk: Desk, services: Services, ours: Org
) -> None:
    for ask in (look_at, hand_in):
        answer = await ask(desk, b"PK\x03\x04 a workbook")
        assert (answer.status_code, answer.json()["code"]) == (422, "spreadsheet_file")
        answer = await ask(desk, "Name,E-mail\n" + "x" * 1_048_576)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert await count(services, ours, BulkUpload) == 0


async def test_a_list_that_is_sent_twice_is_one_upload(
    desk: Desk, services: Services, ours: Org
) -> None:
    sent_as = str(uuid4())
    answers = await asyncio.gather(*(hand_in(desk, LIST, sent_as) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await count(services, ours, BulkItem) == 5
    other = await hand_in(desk, LIST + "Tim;tim@example.test;;;;\n", sent_as)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")


async def test_who_may_not_add_people_may_not_even_look_at_a_list(
    desk: Desk, ours: Org, context: Context
) -> None:
    manager = Desk(desk.http, bearer(context, ours[Role.hiring_manager]), desk.job_id)
    assert (await look_at(manager, LIST)).status_code == 403
    assert (await hand_in(manager, LIST)).status_code == 403


async def test_rows_are_sealed_and_leave_the_upload_once_the_person_is_there(
    desk: Desk, services: Services, ours: Org
) -> None:
    await hand_in(desk, LIST)
    async with services.db.read(ours.id) as session:
        items = list(await session.scalars(select(BulkItem).order_by(BulkItem.seq)))
    assert all(item.row_sealed and b"example.test" not in item.row_sealed for item in items)
    steps = BulkSteps(services)
    taken = await steps.take_in_file(ItemRef(org_id=ours.id, item_id=items[0].id))
    again = await steps.take_in_file(ItemRef(org_id=ours.id, item_id=items[0].id))
    assert taken == again
    path = f"/api/jobs/{desk.job_id}/uploads"
    first, *_, broken, _ = (await desk.get(path))[0]["items"]
    assert (first["state"], first["row"], first["name"]) == ("added", None, "")
    assert first["candidate"] == "Anna Reed"
    assert (broken["row"]["email"], broken["code"]) == ("nobody", "not_an_address")
    page = await desk.get(f"/api/applications/{taken.application_id}")
    assert (page["contact"]["reference"], page["resume_id"]) == ("A-1", None)


async def test_a_person_of_another_job_is_the_same_person_and_only_gaps_are_filled(
    desk: Desk, services: Services, ours: Org
) -> None:
    first = (await desk.add(TEXT.encode())).json()
    desk.job_id = await desk.open_job()
    text = "Name,E-mail,Zone\nJo Other,jordan.vale@example.test,Europe/Rome\n"
    await hand_in(desk, text)
    async with services.db.read(ours.id) as session:
        item = (await session.scalars(select(BulkItem))).one()
    taken = await BulkSteps(services).take_in_file(ItemRef(org_id=ours.id, item_id=item.id))
    page = await desk.get(f"/api/applications/{taken.application_id}")
    assert page["candidate"] == {"id": first["candidate_id"], "name": "Jordan Vale"}
    async with services.db.read(ours.id) as session:
        candidate = (await session.scalars(select(Candidate))).one()
    assert (candidate.zone, candidate.language) == ("Europe/Rome", None)


async def listed(desk: Desk, services: Services, ours: Org) -> str:
    """Somebody who came by a list; returns the application."""
    await hand_in(desk, "Name,E-mail\nJordan Vale,jordan.vale@example.test\n")
    async with services.db.read(ours.id) as session:
        item = (await session.scalars(select(BulkItem))).one()
    taken = await BulkSteps(services).take_in_file(ItemRef(org_id=ours.id, item_id=item.id))
    return str(taken.application_id)


async def test_the_resume_of_somebody_who_came_by_a_list_is_put_to_them_and_rated(
    desk: Desk, services: Services, ours: Org
) -> None:
    application = await listed(desk, services, ours)
    answers = await asyncio.gather(*(desk.add(TEXT.encode()) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert {answer.json()["id"] for answer in answers} == {application}
    page = await desk.get(f"/api/applications/{application}")
    assert (page["match_supported"], page["match_total"]) == (2, 3)
    resume = await desk.get(f"/api/applications/{application}/resume")
    assert (resume["id"], resume["status"]) == (page["resume_id"], "ok")
    history = await desk.get(f"/api/applications/{application}/history")
    actions = [entry["action"] for entry in history]
    assert (actions.count("application.added"), actions.count("resume.added")) == (1, 1)
    assert await count(services, ours, Application) == 1


async def test_a_resume_of_somebody_else_is_not_put_to_who_came_by_a_list(
    desk: Desk, services: Services, ours: Org
) -> None:
    other = (await desk.add(TEXT.encode(), email="another@example.test")).json()["id"]
    await listed(desk, services, ours)
    answer = await desk.add(TEXT.encode(), email="jordan.vale@example.test")
    told = (answer.status_code, answer.json()["code"], answer.json()["id"])
    assert told == (409, "same_document", other)


async def test_a_resume_that_comes_after_screening_is_put_to_nobody(
    desk: Desk, services: Services, ours: Org
) -> None:
    application = await listed(desk, services, ours)
    async with services.db.session(ours.id) as session:
        (await session.get_one(Application, UUID(application))).stage = Stage.in_review
    answer = await desk.add(TEXT.encode())
    told = (answer.status_code, answer.json()["code"], answer.json()["id"])
    assert told == (409, "same_email", application)


class TestJourneys:
    """With a worker: everybody gets a journey, and nobody is asked for a resume."""

    @pytest.fixture
    def settings(self, settings: Settings, temporal: WorkflowEnvironment) -> Settings:
        return at(temporal, settings)

    @pytest.fixture
    async def services(self, settings: Settings) -> AsyncIterator[Services]:
        async with posting(settings) as opened:
            yield opened

    async def finished(self, desk: Desk) -> Any:
        path = f"/api/jobs/{desk.job_id}/uploads"
        done = await until(
            lambda: desk.get(path), lambda seen: seen[0]["state"] == "done", patience_s=60
        )
        return done[0]

    async def test_everybody_on_a_list_can_be_invited_and_no_task_asks_for_a_resume(
        self, desk: Desk, services: Services, ours: Org
    ) -> None:
        async with make_worker(await connect(services), services):
            await hand_in(desk, LIST)
            seen = await self.finished(desk)
            await hand_in(desk, LIST)
            again = await self.finished(desk)
            added = [i["application_id"] for i in seen["items"] if i["state"] == "added"]
            for application in added:
                path = f"/api/applications/{application}"
                look = partial(desk.get, path)
                page = await until(look, lambda seen: seen["next_step"] == "invite")
                assert (page["stage"], page["waiting_on"]) == ("screening", "recruiter")
        assert [(i["seq"], i["state"], i["code"]) for i in seen["items"]] == [
            (2, "added", None),
            (3, "added", None),
            (4, "refused", "double"),
            (5, "refused", "not_an_address"),
            (6, "added", None),
        ]
        assert [i["state"] for i in again["items"] if i["state"] != "refused"] == [
            "already_there"
        ] * 3
        assert await count(services, ours, Application) == 3
        assert await count(services, ours, Task) == 0

    async def test_an_upload_that_nobody_reads_is_read_with_the_times_of_its_job(
        self, desk: Desk, services: Services, ours: Org
    ) -> None:
        policy = (await desk.get(f"/api/jobs/{desk.job_id}/policy"))["policy"]
        asked = {"policy": {**policy, "review": "P9D"}, "seen": policy}
        path = f"/api/jobs/{desk.job_id}/policy"
        assert (await desk.http.put(path, headers=desk.headers, json=asked)).status_code == 200
        upload = BulkUpload(
            id=new_id(),
            job_id=UUID(desk.job_id),
            started_by=ours[Role.recruiter].id,
            kind=BulkKind.people,
            state=BulkState.reading,
            created_at=services.clock.now(),
        )
        async with services.db.session(ours.id) as session:
            session.add(upload)
        client = await connect(services)
        await sweep(services, client)
        handle = client.get_workflow_handle(bulk_id(upload.id))
        started = await anext(aiter(handle.fetch_history_events()))
        payloads = started.workflow_execution_started_event_attributes.input.payloads
        (given,) = await client.data_converter.decode(payloads, [BulkInput])
        assert given.policy.review == timedelta(days=9)
