"""All of the control port."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from sandbox.control.google import google_control
from sandbox.control.hearing import hearing_control
from sandbox.control.live import live_control
from sandbox.judge.mode import JudgeMode, RestFault
from sandbox.live.voice_out import Pace
from sandbox.mail.sink import MailFault
from sandbox.world import World


class JudgeIn(BaseModel):
    """Which judge sits."""

    model_config = ConfigDict(extra="forbid")

    mode: JudgeMode


def control_routes(world: World) -> APIRouter:
    """Everything that a test may change."""
    router = APIRouter(prefix="/control")
    router.include_router(hearing_control(world.live.ear))
    router.include_router(live_control(world.live))
    router.include_router(google_control(world.google))

    @router.post("/judge", status_code=204)
    async def judge(given: JudgeIn) -> None:
        """Seats another judge."""
        world.bench.mode = given.mode

    @router.post("/rest/fault", status_code=204)
    async def rest_fault(fault: RestFault) -> None:
        """The next judge calls fail; status 200 cuts their answers off."""
        world.bench.fault = fault

    @router.post("/mail/fault", status_code=204)
    async def mail_fault(fault: MailFault) -> None:
        """The next deliveries fail."""
        world.sink.plan(fault)

    @router.post("/reset", status_code=204)
    async def reset() -> None:
        """Forgets mail, calendars, plans and modes; open sessions go on."""
        _reset(world)

    return router


def _reset(world: World) -> None:
    world.mailbox.mails.clear()
    world.google.clear()
    world.sink.clear()
    world.hooks.clear()
    world.bench.mode, world.bench.fault = JudgeMode.HONEST, None
    world.live.faults.clear()
    world.live.ear.handed.clear()
    world.live.ear.recordings.clear()
    pace = world.live.pace
    pace.speed, pace.wait_for_playback = Pace.speed, Pace.wait_for_playback
    pace.think_s = Pace.think_s
