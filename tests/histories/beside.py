"""Golden paths of what runs beside a journey: people at once, mails, calendars, sound, news."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import select

from interloop.db.calendars import credentials_box
from interloop.db.outgoing import write_event
from interloop.db.rows import seal_column
from interloop.db.tables import (
    Application,
    BulkItem,
    BulkUpload,
    CalendarConnection,
    HistoryErasure,
    Message,
    MessageKind,
    WebhookDelivery,
    WebhookEndpoint,
)
from interloop.domain.appointment import CalendarState
from interloop.domain.bulk import BulkInput, BulkKind, BulkState, ItemState
from interloop.domain.calendar import AccessState, CalendarProvider, EntryRef
from interloop.domain.erasing import ErasureRef
from interloop.domain.ids import new_id
from interloop.domain.lists import ListedPerson
from interloop.domain.stage import Stage
from interloop.domain.steps import Delivery, ResendMessage
from interloop.domain.webhooks import EndpointState, HookEvent
from interloop.integrations.calendar.port import Account, ServiceKey
from interloop.integrations.mail.port import MailOutcome
from interloop.security.sealing import Box, KeyClass, place_of
from tests.api.outside import webhook
from tests.journeys.test_healing import finished_interview, keep
from tests.journeys.timing import with_pool
from tests.journeys.world import World, until
from tests.support.clock import FollowingClock
from workflows.bulks import start_bulk
from workflows.dispatch import dispatch
from workflows.ids import bulk_id, calendar_id, erasure_id, healing_id, resend_id, webhook_id
from workflows.start import start_erasure, start_healing, start_keeping, start_resend

GOOD = "Anna Reed\nanna.reed@post.example\n\nBuilt services in Python since 2015.\n"


async def archive_taken_in(here: World) -> str:
    """One resume was taken in, its copy was there already, and an empty file was refused."""
    bulk, box = await _upload(here, BulkKind.resumes)
    for seq, text in enumerate((GOOD, GOOD, " "), start=1):
        await _file(here, bulk, box, seq=seq, data=text.encode())
    return await _read(here, bulk)


async def list_taken_in(here: World) -> str:
    """Two people without a resume were taken in."""
    bulk, box = await _upload(here, BulkKind.people)
    for line in (2, 3):
        item = _item(here, bulk, line)
        person = ListedPerson(line=line, name=f"Person {line}", email=f"p{line}@post.example")
        seal_column(box, item, "name_sealed", person.name)
        seal_column(box, item, "row_sealed", person.model_dump_json())
        await here.add(item)
    return await _read(here, bulk)


async def file_given_up(here: World) -> str:
    """The reader died of a file at every try; it was given up, and the upload ended."""
    bulk, box = await _upload(here, BulkKind.resumes)
    await _file(here, bulk, box, seq=1, data=b"\xff\xff")
    workflow_id = await _read(here, bulk)
    async with here.services.db.read(here.org_id) as session:
        assert (await session.scalars(select(BulkItem.code))).one() == "unread"
    return workflow_id


async def _file(here: World, bulk: BulkUpload, box: Box, *, seq: int, data: bytes) -> None:
    item = _item(here, bulk, seq)
    seal_column(box, item, "name_sealed", f"{seq}.txt")
    item.object_key = f"bulk/{item.id}"
    sealed = box.seal(data, place=place_of("bulk_item", "object", item.id))
    await here.services.storage.put(item.object_key, sealed)
    await here.add(item)


async def _upload(here: World, kind: BulkKind) -> tuple[BulkUpload, Box]:
    bulk = BulkUpload(
        id=new_id(),
        org_id=here.org_id,
        job_id=here.job_id,
        started_by=here.user_id,
        kind=kind,
        state=BulkState.reading,
    )
    await here.add(bulk)
    return bulk, await here.services.keys.box(here.org_id, bulk.id, KeyClass.identity)


def _item(here: World, bulk: BulkUpload, seq: int) -> BulkItem:
    return BulkItem(
        id=new_id(), org_id=here.org_id, bulk_id=bulk.id, seq=seq, state=ItemState.waiting
    )


async def _read(here: World, bulk: BulkUpload) -> str:
    given = BulkInput(org_id=here.org_id, bulk_id=bulk.id, job_id=here.job_id, policy=here.policy)
    await start_bulk(here.client, given, task_queue=here.services.settings.task_queue)
    await here.client.get_workflow_handle(bulk_id(bulk.id)).result()
    return bulk_id(bulk.id)


async def sent_again(here: World) -> str:
    """A mail left at the second try of the post office."""
    here.mailer.outcomes = [MailOutcome.try_later]
    return await _resend(here, Delivery.sent)


async def sent_again_in_vain(here: World) -> str:
    """The post office refused it, and a person was told."""
    here.mailer.outcomes = [MailOutcome.refused]
    return await _resend(here, Delivery.failed)


async def sent_again_in_no_way(here: World) -> str:
    """The candidate's words were destroyed meanwhile: the mail was given up for good."""

    async def destroy() -> None:
        classes = [KeyClass.identity]
        await here.services.keys.destroy(here.org_id, here.candidate_id, classes)

    return await _resend(here, Delivery.failed, meanwhile=destroy)


async def histories_erased(here: World) -> str:
    """A person had the histories of a closed application erased."""
    async with here.services.db.session(here.org_id) as session:
        (await session.get_one(Application, here.application_id)).stage = Stage.closed
    row = HistoryErasure(id=new_id(), application_id=here.application_id, asked_by=here.user_id)
    await here.add(row)
    ref = ErasureRef(org_id=here.org_id, erasure_id=row.id)
    await start_erasure(here.client, ref, task_queue=here.services.settings.task_queue)
    await here.client.get_workflow_handle(erasure_id(row.id)).result()
    return erasure_id(row.id)


async def _resend(
    here: World, becomes: Delivery, *, meanwhile: Callable[[], Awaitable[None]] | None = None
) -> str:
    async with here.services.db.session(here.org_id) as session:
        await here.know_address(session)
    given = ResendMessage(
        org_id=here.org_id,
        application_id=here.application_id,
        message_id=await here.message(MessageKind.advance),
    )
    if meanwhile is not None:
        await meanwhile()
    await start_resend(here.client, given, task_queue=here.services.settings.task_queue)
    handle = here.client.get_workflow_handle(resend_id(given.message_id))
    assert await handle.result() == becomes
    async with here.services.db.read(here.org_id) as session:
        assert (await session.get_one(Message, given.message_id)).state.value == becomes
    return handle.id


async def kept_in_a_calendar(here: World) -> str:
    """An appointment came to stand in its interviewer's calendar."""
    road = await with_pool(here, None, FollowingClock())
    whom = road.interviewer_ids[0]
    await _connect(here, whom)
    await road.invited(person=True)
    held = await road.hold(await road.first_time(after=timedelta(days=1)), by_staff=True, whom=whom)
    await road.confirm(held, by_staff=True)
    [row] = await road.appointments()
    ref = EntryRef(org_id=here.org_id, appointment_id=row.id)
    await start_keeping(here.client, ref, task_queue=here.services.settings.task_queue)
    handle = here.client.get_workflow_handle(calendar_id(row.id))
    assert await handle.result() == CalendarState.written
    return handle.id


async def healed_by_a_piece(here: World) -> str:
    """A piece came in after the end; the copy was made anew, once."""
    ref = await finished_interview(here)
    await keep(here, ref, 0)
    await start_healing(here.client, ref, task_queue=here.services.settings.task_queue)
    handle = here.client.get_workflow_handle(healing_id(ref.interview_id))
    assert await handle.result() == 1
    return handle.id


async def news_nobody_wants_any_more(here: World) -> str:
    """News could not be handed over, and the address was switched off before the next try."""
    nowhere = "http://127.0.0.1:9/hooks"
    endpoint = await webhook(here.services, here.org_id, here.user_id, nowhere)
    await here.add(endpoint)
    now = here.services.clock.now()
    async with here.services.db.session(here.org_id) as session:
        (row,) = await write_event(session, HookEvent.test, {"a": "b"}, [endpoint], at=now)
    await dispatch(here.services, here.client)

    async def tried() -> bool:
        async with here.services.db.read(here.org_id) as session:
            return (await session.get_one(WebhookDelivery, row.id)).last_error is not None

    await until(tried)
    async with here.services.db.session(here.org_id) as session:
        (await session.get_one(WebhookEndpoint, endpoint.id)).state = EndpointState.disabled
    handle = here.client.get_workflow_handle(webhook_id(row.id, row.round))
    assert await handle.result() == 2
    return handle.id


async def _connect(here: World, whom: UUID) -> None:
    key = SecretStr(json.dumps({"kind": "for tests"}))
    account = Account(credentials=ServiceKey(key=key, subject=f"{whom}@larkfield.example"))
    row = CalendarConnection(
        id=new_id(),
        org_id=here.org_id,
        user_id=whom,
        provider=CalendarProvider.google,
        account_id=f"{whom}@larkfield.example",
        state=AccessState.ok,
    )
    box = await credentials_box(here.services.keys, here.org_id)
    seal_column(box, row, "credentials_sealed", account.model_dump_json())
    await here.add(row)


BESIDE: Mapping[str, Callable[[World], Awaitable[str]]] = {
    path.__name__: path
    for path in (
        archive_taken_in,
        list_taken_in,
        file_given_up,
        sent_again,
        sent_again_in_vain,
        sent_again_in_no_way,
        histories_erased,
        kept_in_a_calendar,
        healed_by_a_piece,
        news_nobody_wants_any_more,
    )
}
