"""A gateway that keeps the contract of `domain/calls.py` and does as the test says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import update
from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from interloop.db.tables import Application, Interview, InterviewState, Turn
from interloop.domain.calls import (
    CLAIM_GATEWAY,
    GATEWAYS_QUEUE,
    INTERVIEW,
    Claim,
    ClaimInput,
    InterviewEnd,
    InterviewInput,
    InterviewResult,
)
from interloop.domain.errors import Conflict
from interloop.domain.ids import new_id
from interloop.domain.turn import Speaker, TurnSource, TurnState
from interloop.security.sealing import KeyClass, place_of
from interloop.services import Services

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Gateway:
    """Holds calls; `script` says how each ends, `lost` being a process that was killed."""

    def __init__(self, services: Services) -> None:
        self.id = uuid4()
        self.queue = f"gw-{self.id}"
        self.script: list[str] = []
        self.refuses: str | None = None
        """Why nobody gets a slot."""
        self.unsure = False
        """Whether the words come from a recogniser that nobody may trust yet."""
        self.says = ["I found the slow query and added an index."]
        self.hang_up: list[str] = []
        """How a call that is talking ends, once there is something in it."""
        self.held: list[int] = []
        self.claimed: list[int] = []
        self._services = services

    @asynccontextmanager
    async def open(self, client: Client) -> AsyncIterator[None]:
        claims = Worker(client, task_queue=GATEWAYS_QUEUE, activities=[self.claim_gateway])
        calls = Worker(client, task_queue=self.queue, activities=[self.interview])
        async with claims, calls:
            yield

    @activity.defn(name=CLAIM_GATEWAY)
    async def claim_gateway(self, claim: ClaimInput) -> Claim:
        if self.refuses is not None:
            raise ApplicationError(self.refuses, type=self.refuses, non_retryable=True)
        self.claimed.append(claim.epoch)
        async with self._services.db.session(claim.org_id) as session:
            done = await session.execute(
                update(Interview)
                .where(Interview.id == claim.interview_id, Interview.epoch < claim.epoch)
                .values(epoch=claim.epoch, gateway_id=self.id, state=InterviewState.live)
            )
            if done.rowcount != 1:  # type: ignore[attr-defined]  # a cursor result has it
                raise Conflict("older epoch", code="superseded")
        return Claim(
            gateway_id=self.id, queue=self.queue, address="http://127.0.0.1:1", epoch=claim.epoch
        )

    @activity.defn(name=INTERVIEW)
    async def interview(self, given: InterviewInput) -> InterviewResult:
        self.held.append(given.epoch)
        activity.heartbeat()
        end = self.script.pop(0) if self.script else "finished"
        if end == "lost":
            # Silence: no heartbeat, no answer, until the server gives it up.
            await asyncio.Event().wait()
        while end == "talking":
            activity.heartbeat()
            await asyncio.sleep(0.1)
            end = self.hang_up.pop(0) if self.hang_up else end
        if end == "finished":
            await self._answer(given)
        return InterviewResult(end=InterviewEnd(end), epoch=given.epoch)

    async def _answer(self, given: InterviewInput) -> None:
        async with self._services.db.session(given.org_id) as session:
            interview = await session.get_one(Interview, given.interview_id, with_for_update=True)
            if interview.epoch != given.epoch:
                return  # taken over while it spoke
            interview.state = InterviewState.finished
            if interview.finished_at is not None:
                return  # the one before it heard everything, and was given up all the same
            application = await session.get_one(Application, interview.application_id)
            subject = application.candidate_id
            box = await self._services.keys.box(given.org_id, subject, KeyClass.transcript)
            for seq, words in enumerate(self.says):
                turn = _turn(given, seq, box.seal_text, words=words)
                turn.reliable = not self.unsure
                turn.source = TurnSource.voice if self.unsure else TurnSource.typed
                session.add(turn)
            interview.finished_at = AT


def _turn(given: InterviewInput, seq: int, seal: Callable[..., bytes], *, words: str) -> Turn:
    turn_id: UUID = new_id()
    return Turn(
        id=turn_id,
        org_id=given.org_id,
        interview_id=given.interview_id,
        seq=seq,
        speaker=Speaker.candidate,
        source=TurnSource.typed,
        question_id="bug",
        state=TurnState.committed,
        start_ms=1000 * seq,
        end_ms=1000 * seq + 900,
        text_sealed=seal(words, place=place_of("turn", "text_sealed", turn_id)),
        epoch=given.epoch,
        created_at=AT,
    )
