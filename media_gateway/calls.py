"""The interviews this gateway holds, by interview and epoch."""

import asyncio
from uuid import UUID

from interloop.domain.calls import InterviewEnd, InterviewInput
from interloop.integrations.live.port import LiveModel
from interloop.services import Services
from media_gateway.call import Call
from media_gateway.opening import load
from media_gateway.wire.passes import Passes


class Calls:
    """Starts and finds calls."""

    def __init__(self, services: Services, model: LiveModel) -> None:
        self.services = services
        self._model = model
        self._calls: dict[UUID, Call] = {}
        self._changed = asyncio.Condition()
        self.passes = Passes()

    async def hold(self, held: InterviewInput) -> InterviewEnd:
        """Hold this interview until it ends here; one that is finished has nobody to wait for."""
        opening = await load(self.services, held)
        if opening.finished:
            return InterviewEnd.finished
        call = Call(self.services, opening, self._model)
        async with self._changed:
            self._calls[held.interview_id] = call
            self._changed.notify_all()
        try:
            return await call.run()
        finally:
            if self._calls.get(held.interview_id) is call:
                del self._calls[held.interview_id]
                self.passes.forget(held.interview_id)

    async def find(self, interview_id: UUID, epoch: int, *, wait_s: float) -> Call | None:
        """Return the call of this epoch, waiting for one that is about to begin."""
        try:
            async with asyncio.timeout(wait_s), self._changed:
                while not self._here(interview_id, epoch):
                    await self._changed.wait()
        except TimeoutError:
            return None
        return self._calls.get(interview_id)

    def held(self, interview_id: UUID) -> Call:
        """Return the call of this interview; `KeyError` when it is not held here."""
        return self._calls[interview_id]

    def drain(self) -> None:
        """Hand every interview over."""
        for call in self._calls.values():
            call.drain()

    def __len__(self) -> int:
        return len(self._calls)

    def _here(self, interview_id: UUID, epoch: int) -> bool:
        call = self._calls.get(interview_id)
        return call is not None and call.opening.epoch == epoch
