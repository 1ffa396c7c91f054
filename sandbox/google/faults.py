"""What can go wrong between a client and Google, planned by a test."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Kind(StrEnum):
    """What goes wrong; those of the second half are told only after the request was done."""

    EXPIRED = "expired"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    TOO_MANY = "too_many"
    BROKEN = "broken"

    BROKEN_AFTER = "broken_after"
    ANSWER_LOST = "answer_lost"
    CUT = "cut"
    STALL = "stall"


AFTER = frozenset({Kind.BROKEN_AFTER, Kind.ANSWER_LOST, Kind.CUT, Kind.STALL})
"""Kinds whose request is done before it goes wrong."""


class CalendarFault(BaseModel):
    """The next `count` requests of the Calendar API go wrong in that way.

    `expired` ends all tokens and answers 401; `rate_limited` is 403 with Google's reason,
    `too_many` 429 with `retry_after_s`; `broken` is 500. `answer_lost` breaks off in the middle of
    the answer, `cut` resets the line before it, `stall` waits `seconds`.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    count: int = Field(default=1, ge=1)
    method: str | None = None
    """Only requests of this HTTP method."""
    retry_after_s: int = Field(default=7, ge=0)
    seconds: float = Field(default=1.0, ge=0, le=60)


class CalendarFaults:
    """Faults that wait for their request, in order."""

    def __init__(self) -> None:
        self._planned: list[CalendarFault] = []

    def plan(self, fault: CalendarFault) -> None:
        """Waits for the next request that it is meant for."""
        self._planned.append(fault.model_copy())

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._planned.clear()

    def due(self, method: str) -> CalendarFault | None:
        """The fault for this request, counted down."""
        for fault in self._planned:
            if fault.method in (None, method):
                fault.count -= 1
                if fault.count == 0:
                    self._planned.remove(fault)
                return fault
        return None
