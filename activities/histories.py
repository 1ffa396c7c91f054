"""Takes a candidate's histories out of the workflow engine, with a receipt."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity
from temporalio.client import Client

from activities.rows import must_get
from interloop.db.tables import (
    Application,
    HistoryErasure,
    HumanReview,
    Interview,
    Message,
    RecordingExport,
)
from interloop.db.trail import SYSTEM, audit
from interloop.domain.ids import new_id
from interloop.domain.steps import ApplicationRef
from interloop.services import Services
from interloop.temporal.erasing import Gone, erase_histories
from interloop.temporal.ids import export_id, healing_id, journey_id, resend_id, review_id, round_id


class HistorySteps:
    """For the erasure of a person; never run by the journey that it takes out."""

    def __init__(self, services: Services, client: Client) -> None:
        self._services = services
        self._client = client

    @activity.defn
    async def erase_histories(self, ref: ApplicationRef) -> Gone:
        """Take out the journey, its rounds and its files; idempotent: gone is gone.

        Raises `Unavailable` when something is still there after 90 s.
        """
        async with self._services.db.read(ref.org_id) as session:
            await must_get(session, Application, ref.application_id)
            ids = await workflows_of(session, ref.application_id)
        gone = await erase_histories(self._client, ids)
        now = self._services.clock.now()
        async with self._services.db.session(ref.org_id) as session:
            row = HistoryErasure(
                id=new_id(),
                application_id=ref.application_id,
                created_at=now,
                **gone.model_dump(),
            )
            session.add(row)
            about, details = ("application", ref.application_id), {"runs": str(gone.runs)}
            await audit(session, SYSTEM, "histories.erased", at=now, about=about, details=details)
        return gone


async def workflows_of(session: AsyncSession, application_id: UUID) -> list[str]:
    """Return the ids of every workflow about an application."""
    interviews = list(
        await session.scalars(
            select(Interview.id).where(Interview.application_id == application_id)
        )
    )
    exports = await session.scalars(
        select(RecordingExport.id).where(RecordingExport.interview_id.in_(interviews))
    )
    reviews = await session.scalars(
        select(HumanReview.id).where(HumanReview.application_id == application_id)
    )
    mails = await session.scalars(
        select(Message.id).where(Message.application_id == application_id)
    )
    return [
        journey_id(application_id),
        *(name(interview) for interview in interviews for name in (round_id, healing_id)),
        *(export_id(each) for each in exports),
        *(review_id(each) for each in reviews),
        *(resend_id(each) for each in mails),
    ]
