"""The door for other systems: start a journey, follow it, withdraw; never decide."""

import hashlib
import json
from typing import Annotated
from uuid import UUID

from fastapi import Form, Request, Response, UploadFile
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import KeyOnly, Routes
from api.context import Context, Ctx
from api.cursors import Cursor, Limit, cursor_after, link_next, row_before
from api.idempotency import IdempotencyKey, Lease, Stored, begin, freed_when_refused
from api.keys import KeyCaller, KeyDep
from api.routes.applications import EMAIL
from api.shapes.v1 import V1Application, V1Applications, V1Job, V1Jobs
from api.uploads import read_upload
from interloop.db.rows import must_get
from interloop.db.tables import Application, Job
from interloop.db.trail import audit
from interloop.domain.errors import Conflict, Unavailable
from interloop.domain.stage import Outcome, Stage, WaitingOn
from interloop.intake import Arrival, take_in
from interloop.security.api_keys import Scope
from interloop.security.sealing import blind_index

routes = Routes("v1", prefix="/v1")

REPLAYED = "idempotency-replayed"


@routes.get("/jobs", KeyOnly(Scope.jobs_read))
async def v1_list_jobs(
    context: Ctx,
    key: KeyDep,
    request: Request,
    response: Response,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> V1Jobs:
    """List the jobs, newest first."""
    statement = select(Job).order_by(Job.id.desc()).limit(limit + 1)
    after = row_before(cursor)
    if after is not None:
        statement = statement.where(Job.id < after)
    async with context.services.db.read(key.org_id) as session:
        rows = list((await session.execute(statement)).scalars())
    following = _following(context, request, response, rows, limit)
    return V1Jobs(items=tuple(V1Job.of(row) for row in rows[:limit]), next=following)


@routes.post(
    "/applications",
    KeyOnly(Scope.applications_write),
    status_code=201,
    response_model=V1Application,
)
async def v1_add_application(
    context: Ctx,
    key: KeyDep,
    idempotency_key: IdempotencyKey,
    job_id: Annotated[UUID, Form()],
    resume: UploadFile,
    name: Annotated[str | None, Form(max_length=200)] = None,
    email: Annotated[str | None, Form(max_length=320), Field(pattern=EMAIL)] = None,
) -> Response:
    """Start a candidate's journey from their resume, once however often this is sent.

    The same key with the same request within 24 hours gets the first answer again, with the header
    `Idempotency-Replayed`. The same key with another request: 422 `idempotency_mismatch`; while the
    first one is being worked on: 409 `idempotency_in_flight`. A refused request frees its key.
    """
    data, filename = await read_upload(resume)
    arrival = Arrival(job_id=job_id, data=data, filename=filename, name=name, email=email)
    fingerprint = await _fingerprint(context, key, arrival)
    begun = await begin(context.services, key, idempotency_key, fingerprint)
    if isinstance(begun, Stored):
        return _created(begun, replayed=True)
    async with freed_when_refused(context.services, key, begun):
        application, answer = await _take_in(context, key, begun, arrival)
    await context.journeys.start(application)
    return _created(answer)


@routes.get("/applications", KeyOnly(Scope.applications_read))
async def v1_list_applications(
    context: Ctx,
    key: KeyDep,
    request: Request,
    response: Response,
    job_id: UUID | None = None,
    stage: Stage | None = None,
    outcome: Outcome | None = None,
    waiting_on: WaitingOn | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> V1Applications:
    """List applications, newest first; every filter narrows the list."""
    filters = {"job_id": job_id, "stage": stage, "outcome": outcome, "waiting_on": waiting_on}
    given = {name: value for name, value in filters.items() if value is not None}
    statement = select(Application).filter_by(**given).order_by(Application.id.desc())
    after = row_before(cursor)
    if after is not None:
        statement = statement.where(Application.id < after)
    statement = statement.limit(limit + 1)
    async with context.services.db.read(key.org_id) as session:
        rows = list((await session.execute(statement)).scalars())
    following = _following(context, request, response, rows, limit)
    items = tuple(V1Application.of(row) for row in rows[:limit])
    return V1Applications(items=items, next=following)


@routes.get("/applications/{application_id}", KeyOnly(Scope.applications_read))
async def v1_get_application(context: Ctx, key: KeyDep, application_id: UUID) -> V1Application:
    """Tell where an application stands."""
    async with context.services.db.read(key.org_id) as session:
        return V1Application.of(await must_get(session, Application, application_id))


@routes.post(
    "/applications/{application_id}/withdraw",
    KeyOnly(Scope.applications_write),
    status_code=202,
)
async def v1_withdraw(context: Ctx, key: KeyDep, application_id: UUID) -> V1Application:
    """Withdraw for the candidate; the stage follows in a moment. Twice is once.

    409 `journey_over` when the application is closed for another reason.
    """
    async with context.services.db.read(key.org_id) as session:
        application = await must_get(session, Application, application_id)
    if application.outcome is Outcome.withdrawn:
        return V1Application.of(application)
    if application.run_id is None and await context.journeys.start(application) == "waiting":
        raise Unavailable("the journey has not begun yet", code="temporal_away")
    await context.journeys.withdraw(application_id, key.org_id)
    now = context.services.clock.now()
    async with context.services.db.session(key.org_id) as session:
        about = ("application", application_id)
        await audit(session, key.who, "withdrawn", at=now, about=about)
        return V1Application.of(await must_get(session, Application, application_id))


def _following(
    context: Context,
    request: Request,
    response: Response,
    rows: list[Application] | list[Job],
    limit: int,
) -> str | None:
    """Return the cursor of the next page and say it in the header, where there is one."""
    if len(rows) <= limit:
        return None
    cursor = cursor_after(rows[limit - 1].id)
    link_next(context, request, response, {"cursor": cursor, "limit": str(limit)})
    return cursor


async def _fingerprint(context: Context, key: KeyCaller, arrival: Arrival) -> bytes:
    """Return a keyed hash of what is asked: file, job and fields, however they were packed."""
    digest = hashlib.sha256(arrival.data).hexdigest()
    asked = [str(arrival.job_id), digest, arrival.filename, arrival.name, arrival.email]
    org_key = await context.services.keys.org_key(key.org_id)
    return blind_index(org_key, "request", json.dumps(asked))


async def _take_in(
    context: Context, key: KeyCaller, lease: Lease, arrival: Arrival
) -> tuple[Application, Stored]:
    """Store the application and the answer in one transaction; neither stands without the other."""
    async with context.services.db.read(key.org_id) as session:
        job = await must_get(session, Job, arrival.job_id)
    if job.closed_at is not None:
        raise Conflict("this job is closed", code="job_closed")
    kept: list[Stored] = []

    async def keep(session: AsyncSession, application: Application) -> None:
        kept.append(Stored(201, V1Application.of(application).model_dump_json()))
        await lease.finish(session, kept[0].status, kept[0].answer)

    application = await take_in(context.services, key, arrival, within=keep)
    return application, kept[0]


def _created(stored: Stored, *, replayed: bool = False) -> Response:
    headers = {"location": f"/v1/applications/{json.loads(stored.answer)['id']}"}
    if replayed:
        headers[REPLAYED] = "true"
    return Response(stored.answer, stored.status, headers, "application/json")
