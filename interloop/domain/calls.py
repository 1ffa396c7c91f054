"""Names, inputs and results of the two activities that a gateway runs.

The workflow wraps each in one typed function, the gateway registers them under the same names:
this module is the contract between both.
"""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from interloop.domain.base import Value

GATEWAYS_QUEUE = "gateways"
CLAIM_GATEWAY = "claim_gateway"
INTERVIEW = "interview"
STOPPED = "organization_stopped"
"""Type of a gateway's refusal to claim while the organisation has stopped all interviews."""


class ClaimInput(Value):
    """Ask any gateway with a free slot to take this interview at this epoch."""

    org_id: UUID
    interview_id: UUID
    epoch: int = Field(ge=1)


class Claim(Value):
    """A reserved slot: the gateway's own queue and the address browsers reach it at."""

    gateway_id: UUID
    queue: str
    address: str
    epoch: int


class InterviewInput(Value):
    """Hold the call of this interview while `epoch` is the newest."""

    org_id: UUID
    interview_id: UUID
    epoch: int = Field(ge=1)


class InterviewEnd(StrEnum):
    """Why the activity ended."""

    finished = "finished"
    paused = "paused"
    drained = "drained"
    superseded = "superseded"
    idle = "idle"
    stopped = "stopped"


class InterviewResult(Value):
    """How the call ended; the database is the truth for everything else."""

    end: InterviewEnd
    epoch: int
