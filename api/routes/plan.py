"""The plan of a job: drafting, saving and publishing."""

from uuid import UUID

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.shapes.plan import DraftIn, DraftOut, JobPlanOut, PlanVersionOut, PublishIn
from interloop.security.permissions import Permission

routes = Routes("plan")


@routes.get("/jobs/{job_id}/plan", Permission.see_plan)
async def get_plan(context: Ctx, staff: StaffDep, job_id: UUID) -> JobPlanOut:
    """Return what is live, what is being edited and what was before."""
    raise NotImplementedError


@routes.get("/jobs/{job_id}/plan/versions/{version}", Permission.see_plan)
async def get_plan_version(
    context: Ctx, staff: StaffDep, job_id: UUID, version: int
) -> PlanVersionOut:
    """Return one published version."""
    raise NotImplementedError


@routes.put("/jobs/{job_id}/plan/draft", Permission.edit_plan)
async def save_draft(context: Ctx, staff: StaffDep, job_id: UUID, body: DraftIn) -> DraftOut:
    """Save the draft; 409 when somebody saved in between."""
    raise NotImplementedError


@routes.post("/jobs/{job_id}/plan/publish", Permission.edit_plan)
async def publish_plan(context: Ctx, staff: StaffDep, job_id: UUID, body: PublishIn) -> JobPlanOut:
    """Publish the draft as the next version."""
    raise NotImplementedError
