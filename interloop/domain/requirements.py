"""What a job asks for, read from its description."""

from enum import StrEnum

from interloop.domain.base import Value
from interloop.domain.plan import Key, Line


class Weight(StrEnum):
    """How much a requirement matters."""

    must = "must"
    nice = "nice"


class Requirement(Value):
    """One thing the job asks for; `key` is stable within the job."""

    key: Key
    text: Line
    weight: Weight = Weight.must


class Requirements(Value):
    """All requirements of a job, in the order of its description."""

    items: tuple[Requirement, ...] = ()
