"""Interviews: words, marks and the scorecard."""

from uuid import UUID

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.shapes.interviews import CriterionCard, InterviewOut, MarkIn, ScorecardOut
from interloop.security.permissions import Permission

routes = Routes("interviews")


@routes.get("/interviews/{interview_id}", Permission.see_interviews)
async def get_interview(context: Ctx, staff: StaffDep, interview_id: UUID) -> InterviewOut:
    """Return one round with everything that was said."""
    raise NotImplementedError


@routes.get("/interviews/{interview_id}/scorecard", Permission.see_interviews)
async def get_scorecard(context: Ctx, staff: StaffDep, interview_id: UUID) -> ScorecardOut:
    """Return the scorecard as the asker may see it."""
    raise NotImplementedError


@routes.put("/interviews/{interview_id}/marks/{criterion_id}", Permission.mark)
async def set_mark(
    context: Ctx, staff: StaffDep, interview_id: UUID, criterion_id: str, body: MarkIn
) -> CriterionCard:
    """Store the asker's own mark and reveal the others of this criterion."""
    raise NotImplementedError


@routes.post("/interviews/{interview_id}/scorecard/submit", Permission.mark)
async def submit_scorecard(context: Ctx, staff: StaffDep, interview_id: UUID) -> ScorecardOut:
    """Submit the asker's card; once."""
    raise NotImplementedError
