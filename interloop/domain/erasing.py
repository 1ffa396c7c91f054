"""When the histories of an application may leave the workflow engine."""

from uuid import UUID

from interloop.domain.base import Value
from interloop.domain.errors import Conflict
from interloop.domain.stage import Stage


class ErasureRef(Value):
    """One asked-for erasing of an application's histories."""

    org_id: UUID
    erasure_id: UUID


class Course(Value):
    """What may still go on about an application, as its rows say."""

    stage: Stage
    review_open: bool = False
    """The candidate waits for another person's look."""
    being_erased: bool = False


_WORDS = {
    "journey_runs": "the journey still runs: the application must be closed first",
    "review_runs": "another person still looks at the rejection",
    "erasing_already": "the histories are being erased",
}


def refusal(course: Course) -> str | None:
    """Return the code of why nothing may be erased now, or None."""
    reasons = {
        "journey_runs": course.stage is not Stage.closed,
        "review_runs": course.review_open,
        "erasing_already": course.being_erased,
    }
    return next((code for code, stands in reasons.items() if stands), None)


def check_may_erase(course: Course) -> None:
    """Raise `Conflict` with the code while a history is still needed."""
    code = refusal(course)
    if code is not None:
        raise Conflict(_WORDS[code], code=code)


RUNNING_CODES = {
    "journey": "journey_runs",
    "interview": "interview_runs",
    "human": "review_runs",
    "message": "mail_leaves",
    "recording": "recording_heals",
    "calendar": "calendar_waits",
}
"""By the first word of a workflow's id: why its history is still needed while it runs.

The making of a file is not among them: its end takes the file away.
"""


def refusal_of(running: str) -> str | None:
    """Return the code of why a running workflow of this id keeps all from being erased, or None."""
    return RUNNING_CODES.get(running.partition("-")[0])
