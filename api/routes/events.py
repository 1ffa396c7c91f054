"""The feed of changes, as server-sent events."""

from fastapi import Response

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from interloop.security.permissions import Permission
from interloop.security.tokens import TokenKind

routes = Routes("events", cookie=TokenKind.events)


@routes.get("/events", Permission.follow_changes, response_class=Response)
async def follow_changes(context: Ctx, staff: StaffDep) -> Response:
    """Stream what to look at again; resumes after `Last-Event-ID`."""
    raise NotImplementedError
