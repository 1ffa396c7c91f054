"""Sorts requirements by what an interview can do with them, and shortens them to their topic."""

import re
from dataclasses import dataclass
from enum import StrEnum

from interloop.domain.requirements import Requirement, Requirements, Weight

_LONGEST_TOPIC = 110
_OPENING = re.compile(
    r"(?:(?:at least|minimum(?: of)?|you (?:must )?(?:have|hold|know|bring|are|can|need)|must have"
    r"|an?|strong|solid|proven|deep|good|excellent|extensive|hands-on|practical|professional|some"
    r"|working|relevant|prior|demonstrated|\d{1,2}\s*\+?(?:\s*(?:-|\u2013|to)\s*\d{1,2})?\s*\+?\s*"
    r"(?:years?|yrs?)(?:\s*(?:of|in|with))?|(?:experience|knowledge|understanding|command"
    r"|proficiency|expertise|familiarity|skills?|background|track record)"
    r"\s*(?:of|in|with|using|on)|experienced (?:in|with)|familiar with|proficient (?:in|with)"
    r"|ability to|able to|experience)\s+)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:\bskills?)?\s*(?:(?:\b(?:is|are|would be)\b)?\s*\b(?:a plus|an advantage|required"
    r"|a must|preferred|desirable|nice to have|mandatory|essential))?[\s.,;!]*\Z",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:degree|bachelor\w*|master'?s|ph\.?d|diploma|certificat\w+|certified|licen[cs]e\w*"
    r"|visa|right to work|work permit|driving|travel|relocat\w+|on-?site|full[ -]time|part[ -]time"
    r"|weekends?|salary|years old|native|fluen\w+|speak\w*"
    r"|english|german|french|spanish|dutch|italian|portuguese)\b",
    re.IGNORECASE,
)
_COMMUNICATION = re.compile(
    r"\b(?:communicat\w+|present(?:ing|ation\w*)|explain\w*|writing|written|verbal|documentation)\b",
    re.IGNORECASE,
)
_CULTURE = re.compile(
    r"\b(?:team\w*|collaborat\w+|mentor\w*|colleagues?|feedback|ownership|responsib\w+|initiative"
    r"|values?|self-\w+|proactive\w*|reliab\w+|curio\w+|empath\w+|cross-functional|stakeholders?)\b",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What an interview can do with a requirement."""

    skill = "skill"
    communication = "communication"
    culture = "culture"
    paper = "paper"
    """A document or a condition: checked outside the interview. Languages too: nobody is marked
    for fluency or accent."""


@dataclass(frozen=True)
class Topics:
    """The topics of a job by kind; nice-to-haves only where there is no must of the kind."""

    skills: tuple[tuple[str, str], ...]
    """Pairs of requirement key and topic."""

    communication: tuple[str, ...]
    culture: tuple[str, ...]


def topics_of(requirements: Requirements) -> Topics:
    """Sort the requirements of a job; what an interview cannot hear is left out."""
    by_kind = {kind: _wanted(requirements, kind) for kind in Kind}
    return Topics(
        skills=tuple((item.key, topic(item.text)) for item in by_kind[Kind.skill]),
        communication=tuple(item.text for item in by_kind[Kind.communication]),
        culture=tuple(item.text for item in by_kind[Kind.culture]),
    )


def _wanted(requirements: Requirements, kind: Kind) -> list[Requirement]:
    items = [item for item in requirements.items if kind_of(item) is kind]
    return [item for item in items if item.weight is Weight.must] or items


def kind_of(requirement: Requirement) -> Kind:
    """The kind of a requirement, by its words."""
    if _PAPER.search(requirement.text):
        return Kind.paper
    if _COMMUNICATION.search(requirement.text):
        return Kind.communication
    return Kind.culture if _CULTURE.search(requirement.text) else Kind.skill


def topic(text: str) -> str:
    """What a requirement is about: "5+ years of experience with Go" is about "Go"."""
    without_end = _CLOSING.sub("", text)
    opening = _OPENING.match(without_end)
    rest = without_end[opening.end() :] if opening else without_end
    kept = rest if len(rest) > 1 else without_end or text
    if len(kept) <= _LONGEST_TOPIC:
        return kept
    return kept[:_LONGEST_TOPIC].rpartition(" ")[0] or kept[:_LONGEST_TOPIC]
