"""Looks up, for the people of a job, who can get a first invitation."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.stops import is_stopped
from interloop.db.tables import (
    Application,
    Candidate,
    Interview,
    InterviewState,
    PlanVersion,
    VersionState,
)
from interloop.domain.inviting import Invitable, invitable
from interloop.domain.journey import NextStep


@dataclass(frozen=True)
class Inviting:
    """What holds for a whole job, and who of it has an invitation under way."""

    published: bool
    stopped: bool
    on_their_way: frozenset[UUID]

    def of(self, application: Application, candidate: Candidate) -> Invitable:
        """Return what stands in the way of inviting one of them."""
        return invitable(
            application.stage,
            on_its_way=application.id in self.on_their_way,
            reachable=candidate.email_sealed is not None,
            read=application.next_step != NextStep.read_resume,
            published=self.published,
            stopped=self.stopped,
        )


async def inviting(session: AsyncSession, job_id: UUID) -> Inviting:
    """Look up what inviting the people of a job hangs on."""
    published = await session.scalar(
        select(PlanVersion.id)
        .where(PlanVersion.job_id == job_id, PlanVersion.state == VersionState.published)
        .limit(1)
    )
    statement = (
        select(Interview.application_id)
        .join(Application, Application.id == Interview.application_id)
        .where(Application.job_id == job_id, Interview.state != InterviewState.cancelled)
    )
    return Inviting(
        published=published is not None,
        stopped=await is_stopped(session),
        on_their_way=frozenset(await session.scalars(statement)),
    )
