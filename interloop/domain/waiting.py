"""Why a candidate waits, in one sentence: the same in our pages and in Temporal Web."""

from collections.abc import Mapping
from datetime import datetime

from interloop.domain.base import Value
from interloop.domain.journey import NextStep


class Why(Value):
    """A sentence without its end; `{who}` stands where pages that know the people name them."""

    text: str
    who: str = ""
    """Who that is where nobody is named."""
    timer: str = "it is due"
    """What happens when the deadline comes, if there is one."""


_CANDIDATE, _RECRUITER, _PERSON = "The candidate", "A recruiter", "A person"
_CLOSES = "the link closes"

_WHY: Mapping[NextStep, Why] = {
    NextStep.read_resume: Why(text="Interloop reads the resume and rates it against the job"),
    NextStep.give_contact: Why(
        text="{who} can give an e-mail address next; without one nobody can be invited",
        who=_RECRUITER,
    ),
    NextStep.invite: Why(text="{who} can invite them or decide next", who=_RECRUITER),
    NextStep.joining: Why(
        text="{who} has the invitation and starts the interview whenever they want",
        who=_CANDIDATE,
        timer=_CLOSES,
    ),
    NextStep.interview: Why(text="{who} is in the interview", who=_CANDIDATE, timer=_CLOSES),
    NextStep.score: Why(text="Interloop gathers quotes and suggests marks"),
    NextStep.decide: Why(text="{who} can mark the interview and decide next", who=_PERSON),
    NextStep.meet_person: Why(
        text="{who} can hold the interview in person and decide next", who=_PERSON
    ),
    NextStep.follow_up_expired: Why(
        text="The invitation ran out. {who} can invite again or decide next", who=_RECRUITER
    ),
    NextStep.choose_time: Why(
        text="{who} has the invitation and chooses a time next", who=_CANDIDATE, timer=_CLOSES
    ),
    NextStep.attend: Why(text="{who} has an appointment", who=_CANDIDATE, timer="it begins"),
    NextStep.meeting: Why(
        text="{who} meets the candidate now and says afterwards how it went", who=_PERSON
    ),
    NextStep.follow_up_no_show: Why(
        text="The candidate did not come. {who} can offer another time or decide next",
        who=_RECRUITER,
    ),
    NextStep.scorecard: Why(text="{who} can fill in the scorecard next", who=_PERSON),
    NextStep.none: Why(text="Nothing more happens here"),
}


def why(step: NextStep) -> Why:
    """Return why a candidate waits at this step."""
    return _WHY[step]


def sentence(step: NextStep, due_at: datetime | None) -> str:
    """Return the whole sentence with the next timer and with no person in it."""
    found = why(step)
    due = f"; {found.timer} {due_at:%Y-%m-%d %H:%M} UTC" if due_at else ""
    return f"{found.text.format(who=found.who)}{due}."
