"""Candidates for one job with a short plan, all over HTTP, as staff and candidates do it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar
from uuid import uuid4

from interloop.demo import words
from interloop.demo.caller import Caller
from interloop.demo.candidate import Candidate
from interloop.demo.desk import Desk
from interloop.demo.http import Away, Http
from interloop.demo.mailbox import Mailbox
from interloop.demo.paper import make_pdf
from interloop.demo.stack import Stack, find_stack
from tests.support.product import Product

GREETING, CLOSING = "Hello.", "Thank you."
QUESTIONS = {
    "first": "What did you build?",
    "second": "How did you test it?",
    "third": "What went wrong?",
    "fourth": "What did you learn?",
}

_WELCOME_BACK = "Welcome back."
"""How the interviewer begins after a takeover."""

T = TypeVar("T")
PATIENCE_S = 90.0


@dataclass(frozen=True)
class Office:
    """A recruiter at a desk with one published job."""

    stack: Stack
    desk: Desk
    job_id: str

    @classmethod
    @asynccontextmanager
    async def open(cls, product: Product) -> "AsyncIterator[Office]":
        """Sign in and publish a job whose interviewer is brief."""
        stack = find_stack(product.state_dir)
        desk = await Desk.open(stack.app, stack.person("recruiter"))
        try:
            job_id = await desk.open_job(words.JOB_TITLE, words.JOB_DESCRIPTION)
            await desk.publish(job_id, _brief(await desk.plan(job_id)))
            yield cls(stack, desk, job_id)
        finally:
            await desk.http.close()

    async def add(self, address: str) -> dict[str, Any]:
        """Add a candidate with this address; returns what was created."""
        paper = make_pdf(words.RESUME.replace("robin.sample@candidate.example", address))
        return await self.desk.add_candidate(self.job_id, paper, "resume.pdf")

    @asynccontextmanager
    async def invited(self) -> "AsyncIterator[Guest]":
        """A new candidate who has read the notice and agreed."""
        address = f"{uuid4().hex[:12]}@candidate.example"
        created = await self.add(address)
        await self.desk.until(created["id"], "screening", waiting_on="recruiter")
        mailbox = Mailbox(self.stack.inbox, address)
        candidate = Candidate(self.stack.app)
        try:
            await self.desk.invite(created["id"])
            await candidate.agree(await candidate.open_link(await mailbox.link_token(0)))
            seen = await self.desk.application(created["id"])
            yield Guest(self, candidate, mailbox, created["id"], seen["interview_id"])
        finally:
            await candidate.http.close()
            await mailbox.http.close()


@dataclass(frozen=True)
class Guest:
    """One candidate on the way to the call, and how staff look at it."""

    office: Office
    candidate: Candidate
    mailbox: Mailbox
    application_id: str
    interview_id: str

    async def interview(self) -> dict[str, Any]:
        """Return the round as staff see it."""
        place = f"/api/interviews/{self.interview_id}"
        seen: dict[str, Any] = await self.office.desk.http.send("GET", place)
        return seen

    async def turns(self, state: str = "committed") -> list[dict[str, Any]]:
        """Return the turns in this state, in order."""
        turns = (await self.interview())["turn_list"]
        return sorted((t for t in turns if t["state"] == state), key=lambda t: int(t["seq"]))

    async def recording(self) -> bytes:
        """Return the listening copy, fetched in ranges as a player does."""
        await self.office.desk.http.send("POST", "/api/auth/cookies")
        whole = b""
        place = f"/api/media/interviews/{self.interview_id}/recording"
        while True:
            asked = {"range": f"bytes={len(whole)}-"}
            part = await self.office.desk.http.raw("GET", place, headers=asked)
            assert part.status_code == 206
            whole += part.content
            if len(whole) == int(part.headers["content-range"].rpartition("/")[2]):
                return whole


def told(texts: list[str]) -> list[str]:
    """Return what is part of the plan: no welcome after a takeover, however much of it was heard,
    and no sound without words."""
    return [
        text
        for text in texts
        if text and not text.startswith(_WELCOME_BACK) and not _WELCOME_BACK.startswith(text)
    ]


async def until_asked(caller: Caller, key: str, patience_s: float) -> None:
    """Wait for the question; press Start again where a gateway died before it greeted."""
    page, deadline = caller.memory, monotonic() + patience_s
    while not page.states or (page.state.question_id, page.state.phase) != (key, "candidate"):
        if monotonic() > deadline:
            raise TimeoutError(f"{key} was not asked")
        if page.states and page.state.phase == "waiting":
            await caller.act("start")
        with suppress(TimeoutError):
            await page.until_asked(key, 2.0)


async def persist(do: Callable[[], Awaitable[T]]) -> T:
    """Do it again for as long as nobody answers, as a person does."""
    deadline = monotonic() + PATIENCE_S
    while True:
        try:
            return await do()
        except Away:
            if monotonic() > deadline:
                raise
            await asyncio.sleep(0.3)


async def hurry(product: Product) -> None:
    """Let the sandbox's interviewer send its voice quickly, as soon as a sandbox is there."""
    sandbox = Http(product.inbox)
    pace = {"speed": 20, "wait_for_playback": False}
    await persist(lambda: sandbox.send("POST", "/control/live/pace", json=pace))
    await sandbox.close()


def _brief(plan: dict[str, Any]) -> dict[str, Any]:
    criterion = {**plan["rubric"]["criteria"][0], "weight": 100}
    common = {"minutes": 1, "criteria": [criterion["id"]], "probes": [], "follow_ups": 0}
    questions = [{"id": key, "text": text, **common} for key, text in QUESTIONS.items()]
    persona = {**plan["persona"], "greeting": GREETING, "closing": CLOSING}
    rubric = {**plan["rubric"], "criteria": [criterion]}
    return {**plan, "questions": questions, "persona": persona, "rubric": rubric}
