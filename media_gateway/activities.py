"""The two activities of a gateway: claiming an interview, and holding it."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import CursorResult, case, delete, update
from temporalio import activity
from temporalio.exceptions import ApplicationError

from interloop.db.stops import is_stopped
from interloop.db.tables import Interview, InterviewState, Waiting
from interloop.db.trail import changed
from interloop.domain.calls import (
    CLAIM_GATEWAY,
    INTERVIEW,
    STOPPED,
    Claim,
    ClaimInput,
    InterviewInput,
    InterviewResult,
)
from interloop.domain.errors import InterloopError
from media_gateway.calls import Calls
from media_gateway.slots import Slots

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Identity:
    """One start of the process: its id, its own queue and the address pages reach it at."""

    id: UUID
    queue: str
    address: str


class GatewayActivities:
    """Registered with the two workers of this process."""

    def __init__(self, calls: Calls, slots: Slots, identity: Identity) -> None:
        self._calls = calls
        self._slots = slots
        self._identity = identity

    @activity.defn(name=CLAIM_GATEWAY)
    async def claim_gateway(self, wanted: ClaimInput) -> Claim:
        """Reserve a slot and write this gateway into the interview's row.

        Idempotent by (interview, epoch): the row takes an epoch once, in increasing order.
        """
        await self._refuse_when_stopped(wanted)
        held = (wanted.interview_id, wanted.epoch)
        if not self._slots.reserve(held):
            raise ApplicationError("no free slot", type="no_slot")
        if not await self._write(wanted):
            self._slots.give_back(held)
            raise ApplicationError("epoch is taken", type="old_epoch", non_retryable=True)
        return Claim(
            gateway_id=self._identity.id,
            queue=self._identity.queue,
            address=self._identity.address,
            epoch=wanted.epoch,
        )

    @activity.defn(name=INTERVIEW)
    async def interview(self, held: InterviewInput) -> InterviewResult:
        """Hold the call while its epoch is the newest.

        Run once (one attempt an epoch); a second run of the same epoch continues from the rows.
        """
        slot = (held.interview_id, held.epoch)
        self._slots.take(slot)
        beat = asyncio.create_task(_beat(held.epoch))
        drain = asyncio.create_task(self._drain())
        try:
            end = await self._calls.hold(held)
        except InterloopError as wrong:
            raise ApplicationError(wrong.code, type=wrong.code, non_retryable=True) from None
        finally:
            for task in (beat, drain):
                task.cancel()
            self._slots.give_back(slot)
        _log.info("interview_let_go", interview_id=str(held.interview_id), reason=end.value)
        return InterviewResult(end=end, epoch=held.epoch)

    async def _drain(self) -> None:
        await activity.wait_for_worker_shutdown()
        self._calls.drain()

    async def _refuse_when_stopped(self, wanted: ClaimInput) -> None:
        async with self._calls.services.db.read(wanted.org_id) as session:
            if await is_stopped(session):
                raise ApplicationError(STOPPED, type=STOPPED, non_retryable=True)

    async def _write(self, wanted: ClaimInput) -> bool:
        now = self._calls.services.clock.now()
        async with self._calls.services.db.session(wanted.org_id) as session:
            result = await session.execute(
                update(Interview)
                .where(Interview.id == wanted.interview_id, Interview.epoch < wanted.epoch)
                .values(
                    epoch=wanted.epoch,
                    gateway_id=self._identity.id,
                    gateway_address=self._identity.address,
                    state=case(
                        (Interview.finished_at.is_not(None), Interview.state),
                        else_=InterviewState.live,
                    ),
                )
                .execution_options(synchronize_session=False)
            )
            assert isinstance(result, CursorResult)
            if result.rowcount != 1:
                return False
            await session.execute(
                delete(Waiting).where(Waiting.interview_id == wanted.interview_id)
            )
            await changed(session, "interview", wanted.interview_id, at=now)
        return True


async def _beat(epoch: int) -> None:
    """Heartbeat until cancelled; the workflow takes over when it stops."""
    timeout = activity.info().heartbeat_timeout
    pause = timeout.total_seconds() / 5 if timeout else 1.0
    while True:
        activity.heartbeat(epoch)
        await asyncio.sleep(pause)
