"""Makes one file of a recording to be taken away, and drops it again."""

import asyncio

from temporalio import activity

from activities.rows import must_get
from interloop.db.tables import RecordingExport
from interloop.db.trail import SYSTEM, audit, changed
from interloop.domain.recording import ExportFailure, ExportFormat, ExportInput, ExportState
from interloop.recording.listening import ListeningCopy, open_listening_copy
from interloop.recording.spool import Spool
from interloop.security.sealed_file import seal_pieces
from interloop.security.sealing import place_of
from interloop.services import Services

_TELL_S = 1.0
_PART = 1024 * 1024
_OVER = frozenset({ExportState.ready, ExportState.expired})


class ExportSteps:
    """Each step is idempotent by the state of the row."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def make_export(self, given: ExportInput) -> None:
        """Make the file and store it sealed; one that is ready is left alone.

        Its progress stands in the row. Raises `NotFound` without a recording, `KeyDestroyed`
        after erasure, `Unreadable` when the recording was altered.
        """
        services = self._services
        async with services.db.read(given.org_id) as session:
            row = await must_get(session, RecordingExport, given.export_id)
        if row.state in _OVER:
            return
        await self._set(given, state=ExportState.making, percent=0)
        copy = await open_listening_copy(services, given.org_id, row.interview_id)
        key = f"exports/{given.org_id}/{row.id}"
        place = place_of("recording_export", "object", row.id)
        with Spool(services.settings.spool_dir) as made:
            media_type = await self._convert(given, copy, row.format, made)
            made.seek(0)
            pieces = seal_pieces(made, made.size, copy.box, place=place)
            await services.storage.put_pieces(key, pieces)
        await self._set(
            given,
            state=ExportState.ready,
            percent=100,
            object_key=key,
            media_type=media_type,
            size=made.size,
        )

    @activity.defn
    async def fail_export(self, failure: ExportFailure) -> None:
        """Say in the row that the file could not be made, and why, as a code."""
        given = ExportInput(
            org_id=failure.org_id,
            export_id=failure.export_id,
            expires_at=self._services.clock.now(),
        )
        await self._set(given, state=ExportState.failed, failure=failure.code)

    @activity.defn
    async def drop_export(self, given: ExportInput) -> None:
        """Remove the file; the row stays."""
        async with self._services.db.read(given.org_id) as session:
            row = await must_get(session, RecordingExport, given.export_id)
        if row.object_key is not None:
            await self._services.storage.delete(row.object_key)
        await self._set(given, state=ExportState.expired, object_key=None)

    async def _convert(
        self, given: ExportInput, copy: ListeningCopy, wanted: ExportFormat, made: Spool
    ) -> str:
        """Convert on a thread; what it says of its progress is written down now and then."""
        with Spool(self._services.settings.spool_dir) as plain:
            for start in range(0, copy.size, _PART):
                part = await copy.read(start, start + _PART)
                await asyncio.to_thread(plain.write, part)
            plain.seek(0)
            return await self._told(given, plain, wanted, made)

    async def _told(
        self, given: ExportInput, plain: Spool, wanted: ExportFormat, made: Spool
    ) -> str:
        told = _Told()
        convert = self._services.audio.convert
        work = asyncio.create_task(asyncio.to_thread(convert, plain, wanted, told.hear, out=made))
        shown = 0
        try:
            while not (await asyncio.wait({work}, timeout=_TELL_S))[0]:
                if told.percent > shown:
                    shown = told.percent
                    await self._set(given, state=ExportState.making, percent=shown)
        finally:
            told.stopped = True
        return await work

    async def _set(self, given: ExportInput, **values: object) -> None:
        now = self._services.clock.now()
        async with self._services.db.session(given.org_id) as session:
            row = await must_get(session, RecordingExport, given.export_id, lock=True)
            for name, value in values.items():
                setattr(row, name, value)
            if row.state is not ExportState.making:
                about = ("recording_export", row.id)
                await audit(session, SYSTEM, f"export.{row.state.value}", at=now, about=about)
            await changed(session, "recording_export", row.interview_id, at=now)


class _Stopped(Exception):
    """Nobody waits for the file any more."""


class _Told:
    """Between the thread that works and the loop that tells."""

    def __init__(self) -> None:
        self.percent = 0
        self.stopped = False

    def hear(self, share: float) -> None:
        self.percent = int(share * 100)
        if self.stopped:
            raise _Stopped
