"""What waits for a person."""

from uuid import UUID

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.shapes.review import ReviewRow, TaskOut
from interloop.security.permissions import Permission

routes = Routes("review")


@routes.get("/review-queue", Permission.list_reviews)
async def get_review_queue(context: Ctx, staff: StaffDep) -> list[ReviewRow]:
    """List what waits for marks or a decision, oldest first."""
    raise NotImplementedError


@routes.get("/tasks", Permission.list_tasks)
async def list_tasks(context: Ctx, staff: StaffDep) -> list[TaskOut]:
    """List open tasks, most urgent first."""
    raise NotImplementedError


@routes.post("/tasks/{task_id}/done", Permission.finish_task)
async def finish_task(context: Ctx, staff: StaffDep, task_id: UUID) -> TaskOut:
    """Mark a task as done."""
    raise NotImplementedError
