"""Jobs and who works on them."""

from uuid import UUID

from fastapi import UploadFile

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.shapes.common import UserRef
from api.shapes.jobs import DescriptionOut, JobIn, JobOut, JobRow, MembersIn
from interloop.security.permissions import Permission

routes = Routes("jobs")


@routes.get("/jobs", Permission.list_jobs)
async def list_jobs(context: Ctx, staff: StaffDep) -> list[JobRow]:
    """List the jobs the asker may see, newest first."""
    raise NotImplementedError


@routes.post("/jobs", Permission.create_job, status_code=201)
async def create_job(context: Ctx, staff: StaffDep, body: JobIn) -> JobOut:
    """Open a job; requirements and a plan draft are read from its description."""
    raise NotImplementedError


@routes.post("/documents/description", Permission.create_job)
async def read_description(context: Ctx, staff: StaffDep, file: UploadFile) -> DescriptionOut:
    """Read the text of an uploaded job description."""
    raise NotImplementedError


@routes.get("/jobs/{job_id}", Permission.see_job)
async def get_job(context: Ctx, staff: StaffDep, job_id: UUID) -> JobOut:
    """Return one job."""
    raise NotImplementedError


@routes.get("/jobs/{job_id}/members", Permission.see_job)
async def list_members(context: Ctx, staff: StaffDep, job_id: UUID) -> list[UserRef]:
    """List who works on the job."""
    raise NotImplementedError


@routes.put("/jobs/{job_id}/members", Permission.edit_members)
async def set_members(
    context: Ctx, staff: StaffDep, job_id: UUID, body: MembersIn
) -> list[UserRef]:
    """Set who works on the job."""
    raise NotImplementedError


@routes.get("/users", Permission.see_users)
async def list_users(context: Ctx, staff: StaffDep) -> list[UserRef]:
    """List the organisation's staff."""
    raise NotImplementedError
