"""What a test may change about the Live service."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from sandbox.live.faults import Fault, Kind, Moment
from sandbox.live.service import Service


class PaceIn(BaseModel):
    """How fast the voice is sent, and whether a turn lasts as long as its sound."""

    model_config = ConfigDict(extra="forbid")

    speed: float = Field(default=4.0, gt=0)
    wait_for_playback: bool = True
    think_s: float = Field(default=0.0, ge=0, le=10)


class SessionOut(BaseModel):
    """An open Live session."""

    id: str
    label: str | None
    state: str
    turns: int


def live_control(live: Service) -> APIRouter:
    """Faults, pace and a look at the open sessions."""
    router = APIRouter()

    @router.post("/live/fault", status_code=204)
    async def fault(given: Fault) -> None:
        """Plans a fault, or lets it happen now in every open session it is meant for."""
        await _let_happen(live, given)

    @router.post("/live/pace", status_code=204)
    async def pace(given: PaceIn) -> None:
        """Hurries or slows the voice of every session."""
        live.pace.speed, live.pace.wait_for_playback = given.speed, given.wait_for_playback
        live.pace.think_s = given.think_s

    @router.get("/live/sessions")
    async def sessions() -> list[SessionOut]:
        """Who is connected and what is going on."""
        return [
            SessionOut(id=each.id, label=each.line.label, state=each.state, turns=each.memory.turns)
            for each in live.sessions.values()
        ]

    return router


async def _let_happen(live: Service, fault: Fault) -> None:
    if fault.kind is Kind.REJECT:
        live.faults.plan(fault.model_copy(update={"when": Moment.UPGRADE}))
    elif fault.when is not Moment.NOW:
        live.faults.plan(fault)
    else:
        for session in list(live.sessions.values()):
            if fault.session in (None, session.line.label):
                await session.line.suffer(fault)
