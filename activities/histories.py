"""Takes a candidate's histories out of the workflow engine, with a receipt."""

import asyncio
import time
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from temporalio import activity
from temporalio.client import Client

from activities.errors import reaching_database
from activities.rows import must_get
from activities.sweep import organizations
from interloop.db.tables import Application, HistoryErasure
from interloop.db.trail import SYSTEM, audit, changed
from interloop.domain.erasing import ErasureRef, refusal, refusal_of
from interloop.erasing import course_of, workflows_of
from interloop.services import Services
from interloop.temporal.erasing import Gone, erase_histories, running_of

_LOOK_S = 0.5
_MOMENT = timedelta(seconds=10)
"""A journey that has just closed ends within it; nobody is refused for that."""


class HistorySteps:
    """Asked for by a member of staff; never run by the journey that it takes out."""

    def __init__(self, services: Services, client: Client, *, moment: timedelta = _MOMENT) -> None:
        self._services = services
        self._client = client
        self._moment = moment

    @activity.defn
    async def erase_histories(self, ref: ErasureRef) -> None:
        """Take out all that is about a closed application, or write down why not.

        Idempotent: a receipt is written once, and gone is gone. Raises `Unavailable` when something
        is still there after 90 s.
        """
        async with self._services.db.read(ref.org_id) as session:
            row = await must_get(session, HistoryErasure, ref.erasure_id)
            application = await must_get(session, Application, row.application_id)
            refused = refusal(await course_of(session, application, but=row.id))
            ids = await workflows_of(session, row.application_id)
        if row.gone_at is not None or row.refused is not None:
            return
        refused = refused or await self._still_needed(ids)
        if refused is not None:
            await self._refuse(ref, refused)
            return
        await self._receipt(ref, await erase_histories(self._client, ids))

    async def _still_needed(self, ids: Iterable[str]) -> str | None:
        """Return the code of what still runs after a moment, or None."""
        deadline = time.monotonic() + self._moment.total_seconds()
        while True:
            running = await running_of(self._client, ids)
            codes = [code for name in running if (code := refusal_of(name)) is not None]
            if not codes:
                return None
            if time.monotonic() > deadline:
                return codes[0]
            await asyncio.sleep(_LOOK_S)

    async def _receipt(self, ref: ErasureRef, gone: Gone) -> None:
        now = self._services.clock.now()
        async with self._services.db.session(ref.org_id) as session:
            row = await must_get(session, HistoryErasure, ref.erasure_id, lock=True)
            row.gone_at, row.seconds = now, gone.seconds
            row.workflows, row.runs = gone.workflows, gone.runs
            about, details = ("application", row.application_id), {"runs": str(gone.runs)}
            await audit(session, SYSTEM, "histories.erased", at=now, about=about, details=details)
            await changed(session, "application", row.application_id, at=now)

    async def _refuse(self, ref: ErasureRef, code: str) -> None:
        now = self._services.clock.now()
        async with self._services.db.session(ref.org_id) as session:
            row = await must_get(session, HistoryErasure, ref.erasure_id, lock=True)
            row.refused = code
            about, details = ("application", row.application_id), {"code": code}
            await audit(session, SYSTEM, "histories.kept", at=now, about=about, details=details)
            await changed(session, "application", row.application_id, at=now)


async def open_erasures(services: Services) -> list[ErasureRef]:
    """Return every erasing that was asked for and is not done, of every organisation.

    Raises `Unavailable` while the database is away.
    """
    statement = select(HistoryErasure.id).where(
        HistoryErasure.gone_at.is_(None), HistoryErasure.refused.is_(None)
    )
    found: list[ErasureRef] = []
    with reaching_database():
        for org_id in await organizations(services):
            async with services.db.read(org_id) as session:
                ids = await session.scalars(statement)
                found += [ErasureRef(org_id=org_id, erasure_id=each) for each in ids]
    return found
