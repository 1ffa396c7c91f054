"""Takes in the files or rows of an upload, one a step, once however often it is tried."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.rows import must_get, open_column, seal_column
from interloop.db.tables import Application, BulkItem, BulkUpload
from interloop.db.trail import SYSTEM, Who, audit, changed
from interloop.domain.base import Value
from interloop.domain.bulk import BulkRef, BulkState, ItemList, ItemRef, ItemState, ItemTaken
from interloop.domain.errors import NotFound, Refusal
from interloop.domain.human_review import NoteRun
from interloop.domain.lists import ListedPerson
from interloop.intake import Arrival, Within, take_in, take_in_listed
from interloop.known import AlreadyThere
from interloop.security.sealing import Box, KeyClass, place_of
from interloop.services import Services

AT_ONCE = 100
"""Files or rows that one run of the workflow takes in."""


class _Starter(Value):
    """Whoever handed the archive or the list in."""

    org_id: UUID
    who: Who


class BulkSteps:
    """Each step is idempotent by the state of the item."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def waiting_files(self, ref: BulkRef) -> ItemList:
        """Return the next files or rows that wait; changes nothing."""
        statement = (
            select(BulkItem.id)
            .where(BulkItem.bulk_id == ref.bulk_id, BulkItem.state == ItemState.waiting)
            .order_by(BulkItem.seq)
            .limit(AT_ONCE)
        )
        async with self._services.db.read(ref.org_id) as session:
            return ItemList(ids=tuple(await session.scalars(statement)))

    @activity.defn
    async def take_in_file(self, ref: ItemRef) -> ItemTaken:
        """Read one file or row and take the person in; idempotent by the item's state.

        The item is settled in the transaction that makes the application, so that a second try
        after a crash finds either both or none. Bad files are typed outcomes, never errors.
        """
        services = self._services
        async with services.db.read(ref.org_id) as session:
            item = await must_get(session, BulkItem, ref.item_id)
            bulk = await must_get(session, BulkUpload, item.bulk_id)
        if item.state is not ItemState.waiting:
            return ItemTaken(application_id=item.application_id)

        async def settle(session: AsyncSession, application: Application) -> None:
            await self._settle(session, bulk, item.id, ItemState.added, about=application.id)

        taken = ItemTaken()
        try:
            application = await self._take_in(bulk, item, settle)
            taken = ItemTaken(application_id=application.id)
        except AlreadyThere as there:
            known, code = ItemState.already_there, there.code
            await self._note(bulk, item.id, known, about=there.about, code=code)
        except Refusal as refused:
            await self._note(bulk, item.id, ItemState.refused, code=refused.code)
        if item.object_key is not None:
            await services.storage.delete(item.object_key)
        return taken

    @activity.defn
    async def give_up_file(self, ref: ItemRef) -> None:
        """Say that one could not be read at all; idempotent by the item's state."""
        async with self._services.db.read(ref.org_id) as session:
            item = await must_get(session, BulkItem, ref.item_id)
            bulk = await must_get(session, BulkUpload, item.bulk_id)
        if item.state is ItemState.waiting:
            await self._note(bulk, item.id, ItemState.refused, code="unread")

    @activity.defn
    async def note_run(self, noted: NoteRun) -> None:
        """Write the run of an application's journey; idempotent by content."""
        async with self._services.db.session(noted.org_id) as session:
            await session.execute(
                update(Application)
                .where(Application.id == noted.application_id, Application.run_id.is_(None))
                .values(run_id=noted.run_id)
            )

    @activity.defn
    async def finish_upload(self, ref: BulkRef) -> None:
        """Say that everything was read; idempotent by the state."""
        now = self._services.clock.now()
        async with self._services.db.session(ref.org_id) as session:
            bulk = await must_get(session, BulkUpload, ref.bulk_id, lock=True)
            if bulk.state is BulkState.done:
                return
            bulk.state = BulkState.done
            await audit(session, SYSTEM, "bulk.done", at=now, about=("bulk_upload", bulk.id))
            await changed(session, "bulk_upload", bulk.id, at=now, job_id=bulk.job_id)

    async def _take_in(self, bulk: BulkUpload, item: BulkItem, within: Within) -> Application:
        starter = _Starter(org_id=bulk.org_id, who=Who(kind="user", id=bulk.started_by))
        box = await self._box(bulk)
        row = open_column(box, item, "row_sealed")
        if row is None:
            arrival = await self._arrival(bulk, item, box)
            return await take_in(self._services, starter, arrival, within=within)
        person = ListedPerson.model_validate_json(row)
        return await take_in_listed(self._services, starter, bulk.job_id, person, within=within)

    async def _box(self, bulk: BulkUpload) -> Box:
        return await self._services.keys.box(bulk.org_id, bulk.id, KeyClass.identity)

    async def _arrival(self, bulk: BulkUpload, item: BulkItem, box: Box) -> Arrival:
        if item.object_key is None:
            raise NotFound("the file is gone", code="file_gone")
        sealed = await self._services.storage.get(item.object_key)
        name = open_column(box, item, "name_sealed") or "document"
        return Arrival(
            job_id=bulk.job_id,
            data=box.open(sealed, place=place_of("bulk_item", "object", item.id)),
            filename=name.rsplit("/", 1)[-1][:200],
            name=None,
            email=None,
        )

    async def _note(
        self,
        bulk: BulkUpload,
        item_id: UUID,
        state: ItemState,
        *,
        about: UUID | None = None,
        code: str | None = None,
    ) -> None:
        async with self._services.db.session(bulk.org_id) as session:
            await self._settle(session, bulk, item_id, state, about=about, code=code)

    async def _settle(  # noqa: PLR0913 - an item and all that became of it
        self,
        session: AsyncSession,
        bulk: BulkUpload,
        item_id: UUID,
        state: ItemState,
        *,
        about: UUID | None = None,
        code: str | None = None,
    ) -> None:
        row = await must_get(session, BulkItem, item_id, lock=True)
        row.state, row.application_id, row.code, row.object_key = state, about, code, None
        if about is not None and row.row_sealed is not None:
            # From here on the person's own record says who they are, until it is erased.
            row.row_sealed = None
            seal_column(await self._box(bulk), row, "name_sealed", "")
        now = self._services.clock.now()
        await changed(session, "bulk_upload", bulk.id, at=now, job_id=bulk.job_id)
