"""Which judge sits, and what goes wrong with its answers."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class JudgeMode(StrEnum):
    """How the judge behaves."""

    HONEST = "honest"
    NOISY = "noisy"
    GULLIBLE = "gullible"
    QUOTE_INVENTING = "quote_inventing"


class RestFault(BaseModel):
    """The next `count` calls answer an HTTP status, or (200) an answer cut off in the middle."""

    model_config = ConfigDict(extra="forbid")

    status: int = Field(default=429, ge=200, le=599)
    count: int = Field(default=1, ge=1)
    retry_after_s: int | None = Field(default=None, ge=0)
    """What the answer asks to wait, in its header."""


@dataclass
class Bench:
    """The judge of this process."""

    mode: JudgeMode = JudgeMode.HONEST
    fault: RestFault | None = None
    calls: int = 0
    retry_after_s: int | None = None
    """What the failing call under way asks to wait."""

    def failing(self) -> int | None:
        """The status with which this call must fail, counted down."""
        fault = self.fault
        self.retry_after_s = None
        if fault is None:
            return None
        self.retry_after_s = fault.retry_after_s
        fault.count -= 1
        if fault.count == 0:
            self.fault = None
        return fault.status
