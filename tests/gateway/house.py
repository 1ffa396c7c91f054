"""One gateway in this process, with real databases, and interviews to hold in it."""

import asyncio
import hashlib
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import uvicorn
from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from interloop.bootstrap import live_model
from interloop.db import tables
from interloop.demo.room_client import RoomClient
from interloop.domain.calls import InterviewEnd, InterviewInput
from interloop.domain.ids import new_id
from interloop.domain.plan import Persona
from interloop.integrations.live.port import LiveModel
from interloop.security.sealing import KeyClass, place_of
from interloop.services import Services
from media_gateway.app import build_app
from media_gateway.calls import Calls
from media_gateway.ledger import Ledger
from tests.gateway.rows import PERSONA, Round, rows


class House:
    """Services, calls and an address."""

    def __init__(self, services: Services, calls: Calls, address: str) -> None:
        self.services = services
        self.calls = calls
        self.address = address
        self.holding: dict[tuple[UUID, int], asyncio.Task[InterviewEnd]] = {}

    @property
    def origin(self) -> str:
        """Return the app's origin."""
        return self.services.settings.app_url

    async def round(self, persona: Persona | None = None) -> Round:
        """Insert an organisation with one interview that is ready."""
        held = Round(org_id=new_id(), interview_id=new_id(), candidate_id=new_id())
        now = self.services.clock.now()
        async with self.services.db.unscoped("set-up") as session:
            session.add(tables.Organization(id=held.org_id, name="Test", created_at=now))
        async with self.services.db.session(held.org_id) as session:
            for generation in rows(held, persona or PERSONA, now):
                session.add_all(generation)
                await session.flush()
        return held

    async def hold(self, held: Round, epoch: int = 1) -> asyncio.Task[InterviewEnd]:
        """Let this gateway take the interview at this epoch."""
        await self.at_epoch(held, epoch)
        given = InterviewInput(org_id=held.org_id, interview_id=held.interview_id, epoch=epoch)
        task = asyncio.create_task(self.calls.hold(given))
        self.holding[(held.interview_id, epoch)] = task
        return task

    def ledger(self, held: Round) -> Ledger:
        """Return the pen of the gateway that holds the interview."""
        return self.calls.held(held.interview_id).ledger

    def kill(self, held: Round, epoch: int = 1) -> None:
        """Let go of the interview at once, as a process does that dies."""
        self.holding[(held.interview_id, epoch)].cancel()

    async def stored(self, held: Round, text: str) -> None:
        """Wait until a turn with these words is in the database."""
        async with asyncio.timeout(5):
            while not any(text in row[2] for row in await self.turns(held)):  # noqa: ASYNC110 - rows
                await asyncio.sleep(0.05)

    async def at_epoch(self, held: Round, epoch: int) -> None:
        """Let this be the newest epoch, as a claim does."""
        async with self.services.db.session(held.org_id) as session:
            row = await session.get_one(tables.Interview, held.interview_id)
            row.epoch, row.state = epoch, tables.InterviewState.live

    async def unfinish(self, held: Round) -> None:
        """Undo the very last write, as if the gateway had died right before it."""
        async with self.services.db.session(held.org_id) as session:
            row = await session.get_one(tables.Interview, held.interview_id)
            row.finished_at, row.state = None, tables.InterviewState.live

    async def ticket(self, held: Round, epoch: int = 1, lasts_s: float = 60.0) -> str:
        """Issue a one-time ticket as the API does."""
        token = secrets.token_urlsafe(16)
        now = self.services.clock.now()
        async with self.services.db.session(held.org_id) as session:
            session.add(
                tables.Ticket(
                    org_id=held.org_id,
                    created_at=now,
                    interview_id=held.interview_id,
                    epoch=epoch,
                    token_hash=hashlib.sha256(token.encode()).digest(),
                    expires_at=now + timedelta(seconds=lasts_s),
                )
            )
        return token

    @asynccontextmanager
    async def page(
        self, held: Round, epoch: int = 1, *, address: str | None = None
    ) -> AsyncIterator[RoomClient]:
        """Open the room as a page does."""
        ticket = await self.ticket(held, epoch)
        async with RoomClient.open(address or self.address, ticket, origin=self.origin) as room:
            yield room

    async def turns(self, held: Round) -> list[tuple[str, str, str]]:
        """Return (speaker, state, text) of every turn, in order."""
        box = await self.services.keys.box(held.org_id, held.candidate_id, KeyClass.transcript)
        async with self.services.db.read(held.org_id) as session:
            rows = await session.scalars(
                select(tables.Turn)
                .where(tables.Turn.interview_id == held.interview_id)
                .order_by(tables.Turn.seq, tables.Turn.version)
            )
            return [
                (
                    row.speaker.value,
                    row.state.value,
                    box.open_text(row.text_sealed, place=place_of("turn", "text_sealed", row.id)),
                )
                for row in rows
            ]

    async def committed(self, held: Round) -> list[tuple[str, str]]:
        """Return (speaker, text) of the committed turns."""
        return [(who, text) for who, state, text in await self.turns(held) if state == "committed"]

    async def claimed(self, held: Round, epoch: int) -> str:
        """Wait until a gateway holds the interview at this epoch; return its address."""
        async with asyncio.timeout(15):
            while (row := await self.row(held)).epoch < epoch:  # noqa: ASYNC110 - a row, no event
                await asyncio.sleep(0.05)
        assert row.gateway_address is not None
        return row.gateway_address

    async def waits(self, held: Round, *, begin: bool = False) -> bool:
        """Tell whether this interview has a place in line; `begin`: it takes one, as at the API."""
        async with self.services.db.session(held.org_id) as session:
            if begin:
                now = self.services.clock.now()
                session.add(tables.Waiting(interview_id=held.interview_id, since=now))
            return await session.get(tables.Waiting, held.interview_id) is not None

    def services_at(self, temporal: WorkflowEnvironment) -> Services:
        """Return the services with the address of this Temporal server."""
        config = temporal.client.service_client.config
        settings = self.services.settings.model_copy(
            update={
                "temporal_address": config.target_host,
                "temporal_namespace": temporal.client.namespace,
            }
        )
        return replace(self.services, settings=settings)

    async def row(self, held: Round) -> tables.Interview:
        """Return the interview's row."""
        async with self.services.db.read(held.org_id) as session:
            return await session.get_one(tables.Interview, held.interview_id)


@asynccontextmanager
async def open_house(services: Services, model: LiveModel | None = None) -> AsyncIterator[House]:
    """Run the gateway's web server on a free port of this process."""
    calls = Calls(services, model or live_model(services.settings))
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(build_app(calls), log_config=None))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    house = House(services, calls, f"http://127.0.0.1:{listening.getsockname()[1]}")
    try:
        yield house
    finally:
        for task in house.holding.values():
            task.cancel()
        await asyncio.gather(*house.holding.values(), return_exceptions=True)
        server.should_exit = True
        await serving
