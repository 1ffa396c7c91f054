"""Reads the files of an upload, one a step; each is taken in once however often it is tried."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.rows import must_get, open_column
from interloop.db.tables import Application, BulkItem, BulkUpload
from interloop.db.trail import SYSTEM, Who, audit, changed
from interloop.domain.base import Value
from interloop.domain.bulk import BulkRef, BulkState, ItemList, ItemRef, ItemState, ItemTaken
from interloop.domain.errors import NotFound, Refusal
from interloop.domain.human_review import NoteRun
from interloop.intake import AlreadyThere, Arrival, take_in
from interloop.security.sealing import KeyClass, place_of
from interloop.services import Services

AT_ONCE = 100
"""Files that one run of the workflow reads."""


class _Starter(Value):
    """Whoever handed the archive in."""

    org_id: UUID
    who: Who


class BulkSteps:
    """Each step is idempotent by the state of the item."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def waiting_files(self, ref: BulkRef) -> ItemList:
        """Return the next files that wait; changes nothing."""
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
        """Read one file and take the person in; idempotent by the item's state.

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
            arrival = await self._arrival(bulk, item)
            starter = _Starter(org_id=ref.org_id, who=Who(kind="user", id=bulk.started_by))
            application = await take_in(services, starter, arrival, within=settle)
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
        """Say that a file could not be read at all; idempotent by the item's state."""
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
        """Say that every file was read; idempotent by the state."""
        now = self._services.clock.now()
        async with self._services.db.session(ref.org_id) as session:
            bulk = await must_get(session, BulkUpload, ref.bulk_id, lock=True)
            if bulk.state is BulkState.done:
                return
            bulk.state = BulkState.done
            await audit(session, SYSTEM, "bulk.done", at=now, about=("bulk_upload", bulk.id))
            await changed(session, "bulk_upload", bulk.id, at=now, job_id=bulk.job_id)

    async def _arrival(self, bulk: BulkUpload, item: BulkItem) -> Arrival:
        box = await self._services.keys.box(bulk.org_id, bulk.id, KeyClass.identity)
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
        now = self._services.clock.now()
        await changed(session, "bulk_upload", bulk.id, at=now, job_id=bulk.job_id)
