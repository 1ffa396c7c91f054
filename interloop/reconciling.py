"""Holds the stages in the database against the journeys in Temporal, and says where they differ.

The safe repair starts a journey that is missing: the row forgets its run, and the worker's sweep
starts it. Everything else is a person's to look at; nothing here moves a stage or ends a journey.
"""

import asyncio
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from temporalio.client import Client, WorkflowExecution, WorkflowExecutionStatus
from temporalio.service import RPCError

from interloop.db.rows import must_get
from interloop.db.scope import Database
from interloop.db.tables import Application, Organization
from interloop.db.trail import Who, audit, changed
from interloop.domain.base import Value
from interloop.domain.clock import Clock
from interloop.domain.errors import Conflict, Unavailable
from interloop.domain.stage import Stage
from interloop.temporal.attributes import STAGE
from interloop.temporal.ids import journey_id

_AGAIN_S = 2.0
"""Rows and lists follow each other within a moment: only what stays is a difference."""


class Kind(StrEnum):
    """What differs."""

    missing = "missing"
    """The application is open and no journey is known for it."""
    ended = "ended"
    """The application is open and its journey has ended."""
    still_open = "still_open"
    """The application is closed and its journey runs."""
    stage = "stage"
    """Both are open and stand at different stages."""


class Difference(Value):
    """One application whose journey says something else than its row."""

    application_id: UUID
    kind: Kind
    stage: Stage
    there: str | None = None
    """What Temporal says: a stage, or how the journey ended."""

    @property
    def may_start(self) -> bool:
        """Tell whether starting the journey is safe: there is none, running or ended."""
        return self.kind is Kind.missing


class Comparison(Value):
    """What one look gave."""

    applications: int
    differences: tuple[Difference, ...]


async def compare(db: Database, client: Client, org_id: UUID) -> Comparison:
    """Compare every application of an organisation with its journey; looks twice.

    Raises `Unavailable` while Temporal is away.
    """
    first = await _look(db, client, org_id)
    if not first.differences:
        return first
    await asyncio.sleep(_AGAIN_S)
    second = await _look(db, client, org_id)
    stay = tuple(each for each in second.differences if each in first.differences)
    return Comparison(applications=second.applications, differences=stay)


async def start_missing(db: Database, clock: Clock, org_id: UUID, who: Who, of: Difference) -> None:
    """Have the worker's sweep start the journey; `Conflict` where that is not the repair."""
    if not of.may_start:
        raise Conflict("a person must look at this one", code="not_missing")
    now = clock.now()
    async with db.session(org_id) as session:
        row = await must_get(session, Application, of.application_id, lock=True)
        row.run_id = None
        about = ("application", row.id)
        await audit(session, who, "journey.started_anew", at=now, about=about)
        await changed(session, "application", row.id, at=now, job_id=row.job_id)


async def organizations(db: Database) -> list[UUID]:
    """Return every organisation, for the command line."""
    async with db.look_up("sweep") as session:
        return list(await session.scalars(select(Organization.id)))


async def _look(db: Database, client: Client, org_id: UUID) -> Comparison:
    async with db.read(org_id) as session:
        rows = {row.id: row for row in await session.scalars(select(Application))}
    journeys = await _journeys(client, org_id)
    found = (_difference(row, journeys.get(journey_id(row.id))) for row in rows.values())
    return Comparison(applications=len(rows), differences=tuple(each for each in found if each))


async def _journeys(client: Client, org_id: UUID) -> dict[str, WorkflowExecution]:
    query = f"WorkflowType = 'CandidateJourney' AND OrganizationId = '{org_id}'"
    try:
        return {each.id: each async for each in client.list_workflows(query)}
    except (RPCError, RuntimeError) as away:
        raise Unavailable("Temporal is away", code="temporal_away") from away


def _difference(row: Application, journey: WorkflowExecution | None) -> Difference | None:
    about = {"application_id": row.id, "stage": row.stage}
    is_open = row.stage is not Stage.closed
    if journey is None:
        # Rows without a run are the sweep's; closed ones leave Temporal with their retention.
        return Difference(kind=Kind.missing, **about) if is_open and row.run_id else None
    runs = journey.status is WorkflowExecutionStatus.RUNNING
    if not runs:
        how = journey.status.name.lower() if journey.status else None
        return Difference(kind=Kind.ended, there=how, **about) if is_open else None
    if not is_open:
        return Difference(kind=Kind.still_open, **about)
    there = journey.typed_search_attributes.get(STAGE)
    return None if there == row.stage else Difference(kind=Kind.stage, there=there, **about)
