"""Says in one sentence where a journey stands, for those who watch in Temporal Web."""

from collections.abc import Mapping
from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from interloop.domain.journey import NextStep

_WORDS: Mapping[NextStep, str] = {
    NextStep.read_resume: "Reading the resume",
    NextStep.give_contact: "A recruiter must give an e-mail address",
    NextStep.invite: "A recruiter invites or decides next",
    NextStep.joining: "Invited; the candidate joins next",
    NextStep.interview: "The interview is open to the candidate",
    NextStep.score: "Marks are being suggested",
    NextStep.decide: "A person decides next",
    NextStep.meet_person: "A person must meet the candidate",
    NextStep.follow_up_expired: "The invitation ended unused; a recruiter says what follows",
    NextStep.none: "Nothing more happens here",
}


def sentence(step: NextStep, due_at: datetime | None) -> str:
    """Return one sentence with no person in it."""
    due = f", until {due_at:%Y-%m-%d %H:%M} UTC" if due_at else ""
    return f"{_WORDS[step]}{due}."
