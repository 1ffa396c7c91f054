"""Decides what the interviewer says: only words that came over the wire, as the agenda tells."""

from pydantic import BaseModel, ConfigDict, ValidationError

from sandbox.text import stems

NEXT_ITEM = "next_item"
"""The one function that the interviewer calls, each time the candidate's turn is over."""


class Item(BaseModel):
    """The gateway's answer to `next_item`."""

    model_config = ConfigDict(extra="ignore")

    step: str
    say: str | None = None
    question: str | None = None
    probes: list[str] = []


def item(response: dict[str, object]) -> Item | None:
    """The item in a function response, bare or under the usual wrappers; None when there is none.

    The conventional keys for an answer of a function are `output` and `result`.
    """
    for wrapper in ("output", "result"):
        inner = response.get(wrapper)
        if isinstance(inner, dict):
            response = inner
    try:
        return Item.model_validate(response)
    except ValidationError:
        return None


def words_for(now: Item, heard: list[str]) -> str | None:
    """The exact words to say, or None for silence.

    A follow-up without words is the first probe about something the candidate has not mentioned.
    """
    if now.say:
        return now.say
    if now.step == "follow_up":
        return _open_probe(now.probes, " ".join(heard))
    return now.question if now.step in {"ask", "rephrase", "repeat"} else None


def _open_probe(probes: list[str], heard: str) -> str | None:
    mentioned = stems(heard)
    for probe in probes:
        if not stems(probe) <= mentioned:
            return probe
    return probes[0] if probes else None
