"""The audit chain."""

from typing import Annotated

from fastapi import Query

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.shapes.trail import AuditPage, VerificationOut
from interloop.security.permissions import Permission

routes = Routes("audit")


@routes.get("/audit", Permission.see_audit)
async def list_audit(
    context: Ctx,
    staff: StaffDep,
    before: Annotated[int | None, Query(ge=1)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> AuditPage:
    """Page through the chain, newest first."""
    raise NotImplementedError


@routes.get("/audit/verification", Permission.see_audit)
async def verify_audit(context: Ctx, staff: StaffDep) -> VerificationOut:
    """Recompute the chain and check its signed checkpoints."""
    raise NotImplementedError
