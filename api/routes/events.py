"""The feed of changes, as server-sent events (WHATWG HTML, section 9.2).

It only says what to look at again; what may be seen there is asked by the request that follows.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import Header
from fastapi.responses import StreamingResponse
from sqlalchemy import func, select

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.sight import sees
from interloop.db.tables import Change, Job
from interloop.security.permissions import Permission
from interloop.security.tokens import LIFETIME, TokenKind

routes = Routes("events", cookie=TokenKind.events)

LOOK_EVERY_S = 0.5
HEARTBEAT_S = 15.0
_AT_ONCE = 500
_HIGHEST = 2**31 - 1
_RETRY_MS = 2000


@routes.get("/events", Permission.follow_changes, response_class=StreamingResponse)
async def follow_changes(
    context: Ctx,
    staff: StaffDep,
    last_event_id: Annotated[str, Header(max_length=20)] = "",
) -> StreamingResponse:
    """Stream what to look at again; resumes after `Last-Event-ID`.

    Events are `change` with {noun, id, job_id}; ends when the cookie that opened it would have.
    """
    after = (
        min(int(last_event_id), _HIGHEST)
        if last_event_id.isdecimal()
        else await _newest(context, staff)
    )
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(
        _stream(context, staff, after), media_type="text/event-stream", headers=headers
    )


async def _stream(context: Context, staff: Staff, after: int) -> AsyncIterator[str]:
    yield f"retry: {_RETRY_MS}\nid: {after}\n\n"
    loop = asyncio.get_running_loop()
    ends = loop.time() + LIFETIME.total_seconds()
    spoke = loop.time()
    while loop.time() < ends:
        after, events = await _since(context, staff, after)
        for event in events:
            yield event
        if events:
            spoke = loop.time()
        elif loop.time() - spoke >= HEARTBEAT_S:
            spoke = loop.time()
            yield ": still here\n\n"
        await asyncio.sleep(LOOK_EVERY_S)


async def _since(context: Context, staff: Staff, after: int) -> tuple[int, list[str]]:
    """Return the newest number looked at, and the events the asker may hear of."""
    statement = select(Change).where(Change.seq > after).order_by(Change.seq).limit(_AT_ONCE)
    async with context.services.db.read(staff.org_id) as session:
        rows = (await session.execute(statement)).scalars().all()
        if not rows:
            return after, []
        visible = set((await session.execute(select(Job.id).where(sees(staff)))).scalars())
    heard = [row for row in rows if row.job_id is None or row.job_id in visible]
    return rows[-1].seq, [_event(row.seq, row.noun, row.noun_id, row.job_id) for row in heard]


async def _newest(context: Context, staff: Staff) -> int:
    async with context.services.db.read(staff.org_id) as session:
        return await session.scalar(select(func.max(Change.seq))) or 0


def _event(seq: int, noun: str, noun_id: UUID, job_id: UUID | None) -> str:
    body = {"noun": noun, "id": str(noun_id), "job_id": str(job_id) if job_id else None}
    return f"id: {seq}\nevent: change\ndata: {json.dumps(body)}\n\n"
