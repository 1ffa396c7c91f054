"""Holds a resume against a job, requirement by requirement, and quotes what supports each.

It says what the text evidences, never what a person lacks, and makes no number of it beyond a
count. Name, address, school, age and the like are blanked before anything is compared.
"""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from interloop.domain.asked import Asked, asked
from interloop.domain.base import Value
from interloop.domain.document import ContactDetails
from interloop.domain.passages import Unit, units_of
from interloop.domain.requirements import Requirement, Requirements
from interloop.domain.unseen import blanked

_ENOUGH = 0.6
_ENOUGH_IN_ONE_PLACE = 0.34
"""Words scattered over a resume are no experience: one passage must carry a third."""

_SOME = 0.3
_MOST_PASSAGES = 3


class Support(StrEnum):
    """How far a text evidences a requirement; `not_evidenced` is not "no"."""

    supported = "supported"
    partly = "partly"
    not_evidenced = "not_evidenced"


class Passage(Value):
    """A stretch of the resume's text, [start, end), and the words that stand there."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class RequirementMatch(Value):
    """What the resume says about one requirement; the best passages in order of the text."""

    requirement: Requirement
    state: Support
    passages: tuple[Passage, ...] = ()


class MatchRating(Value):
    """All requirements of a job with their evidence; `supported` of `total` is a plain count."""

    requirements: tuple[RequirementMatch, ...]
    supported: int
    total: int

    @model_validator(mode="after")
    def _counts(self) -> Self:
        supported = sum(1 for m in self.requirements if m.state is Support.supported)
        if (self.supported, self.total) != (supported, len(self.requirements)):
            raise ValueError("the counts are those of the requirements")
        return self


def rate(requirements: Requirements, text: str, contact: ContactDetails) -> MatchRating:
    """Rate the visible `text` of a resume. `contact` tells which of its words are the person's.

    Pass `ReadDocument.text` only: hidden text is not evidence.
    """
    units = units_of(blanked(text, contact))
    nobody = ContactDetails()
    of_the_job = [blanked(item.text, nobody) for item in requirements.items]
    wanted = [asked(wish, of_the_job) for wish in of_the_job]
    matches = tuple(
        _match(requirement, wish, units, text)
        for requirement, wish in zip(requirements.items, wanted, strict=True)
    )
    supported = sum(1 for match in matches if match.state is Support.supported)
    return MatchRating(requirements=matches, supported=supported, total=len(matches))


def _match(
    requirement: Requirement, wish: Asked, units: tuple[Unit, ...], text: str
) -> RequirementMatch:
    everywhere = wish.coverage(frozenset().union(*(unit.terms for unit in units)))
    hits = [(wish.coverage(unit.terms), unit) for unit in units]
    best = max((share for share, _ in hits), default=0.0)
    if everywhere < _SOME:
        return RequirementMatch(requirement=requirement, state=Support.not_evidenced)
    full = everywhere >= _ENOUGH and best >= _ENOUGH_IN_ONE_PLACE
    long_enough = any(share > 0 and wish.lasted(unit.years) for share, unit in hits)
    state = Support.supported if full and long_enough else Support.partly
    ranked = sorted((hit for hit in hits if hit[0] > 0), key=lambda hit: -hit[0])
    chosen = sorted((unit for _, unit in ranked[:_MOST_PASSAGES]), key=lambda unit: unit.start)
    passages = (Passage(start=u.start, end=u.end, text=text[u.start : u.end]) for u in chosen)
    return RequirementMatch(requirement=requirement, state=state, passages=tuple(passages))
