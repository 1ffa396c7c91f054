"""Whether the stages in the database and the journeys in Temporal agree, and the safe repair."""

from uuid import UUID

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.shapes.stop import DifferenceOut, JourneysOut
from interloop.domain.errors import NotFound
from interloop.reconciling import compare, start_missing
from interloop.security.permissions import Permission

routes = Routes("organization")


@routes.get("/organization/journeys", Permission.watch_workflows)
async def compare_journeys(context: Ctx, staff: StaffDep) -> JourneysOut:
    """Say where applications and their journeys differ; takes a moment when they do."""
    services = context.services
    found = await compare(services.db, context.journeys.client, staff.org_id)
    differences = tuple(
        DifferenceOut(**each.model_dump(), may_start=each.may_start) for each in found.differences
    )
    return JourneysOut(applications=found.applications, differences=differences)


@routes.post("/organization/journeys/{application_id}/start", Permission.stop_interviews)
async def start_missing_journey(context: Ctx, staff: StaffDep, application_id: UUID) -> JourneysOut:
    """Start a journey that is missing, by the worker's sweep; 409 where that is no repair."""
    services = context.services
    found = await compare(services.db, context.journeys.client, staff.org_id)
    for each in found.differences:
        if each.application_id == application_id:
            await start_missing(services.db, services.clock, staff.org_id, staff.who, each)
            return await compare_journeys(context, staff)
    raise NotFound("they do not differ", code="no_difference")
