"""One whole journey over real HTTP and a real call, as recruiter, candidate and hiring manager."""

import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from interloop.demo import words
from interloop.demo.caller import Caller
from interloop.demo.candidate import Candidate
from interloop.demo.desk import Desk
from interloop.demo.http import DemoFailed, wait_for
from interloop.demo.mailbox import Mailbox
from interloop.demo.memory import Memory
from interloop.demo.paper import make_pdf
from interloop.demo.speech import say, write_wav
from interloop.demo.stack import Stack
from interloop.demo.wav import frames

_ANSWERS_AT_MOST = 40
_HEARD_S = 12.0
_STEP_S = 90.0


@dataclass
class Story:
    """Walks the steps in order; `told` keeps what each brought and how long it took."""

    stack: Stack
    resume: Path | None = None
    wav: Path | None = None
    told: list[tuple[str, str, float]] = field(default_factory=list)
    began: float = field(default_factory=monotonic)

    async def walk(self) -> dict[str, Any]:
        """Walk the whole journey; return what the last line says.

        Raises `DemoFailed` with one sentence.
        """
        async with AsyncExitStack() as open_things:
            recruiter = await Desk.open(self.stack.app, self.stack.person("recruiter"))
            open_things.push_async_callback(recruiter.http.close)
            self._tell("sign in", "as recruiter")
            application_id = await self._add(recruiter)
            candidate = Candidate(self.stack.app)
            open_things.push_async_callback(candidate.http.close)
            mailbox = await self._invite(recruiter, application_id, candidate=candidate)
            open_things.push_async_callback(mailbox.http.close)
            async with candidate.caller(voice=True) as caller:
                await self._interview(caller)
            manager = await Desk.open(self.stack.app, self.stack.person("hiring_manager"))
            open_things.push_async_callback(manager.http.close)
            return await self._decide(manager, application_id, mailbox=mailbox)

    async def _add(self, desk: Desk) -> str:
        job_id = await desk.open_job(words.JOB_TITLE, words.JOB_DESCRIPTION)
        await desk.add_members(job_id, "hiring_manager")
        plan = await desk.plan(job_id)
        # One follow-up is enough to show; the rest would only take time.
        for question in plan["questions"][1:]:
            question["follow_ups"] = 0
        await desk.publish(job_id, plan)
        self._tell("open a job", f"{len(plan['questions'])} questions, published")
        paper = self.resume.read_bytes() if self.resume else make_pdf(words.RESUME)
        name = self.resume.name if self.resume else "resume.pdf"
        created = await desk.add_candidate(job_id, paper, name)
        self._tell("upload the resume", f"{name}, journey {created['journey']}")
        application_id = str(created["id"])
        seen = await desk.until(application_id, "screening", waiting_on="recruiter")
        supported, total = seen["match_supported"], seen["match_total"]
        self._tell("screening", f"{supported} of {total} requirements evidenced")
        return application_id

    async def _invite(self, desk: Desk, application_id: str, *, candidate: Candidate) -> Mailbox:
        seen = await desk.application(application_id)
        address = seen["contact"]["email"]
        if not address:
            raise DemoFailed("the resume holds no e-mail address, so nobody can be invited")
        mailbox = Mailbox(self.stack.inbox, address)
        before = await mailbox.count()
        await desk.invite(application_id)
        token = await mailbox.link_token(before)
        self._tell("invite", "preview, mail, link in the inbox")
        told = await candidate.open_link(token)
        await candidate.agree(told)
        self._tell("open the link", f"read the notice, agreed; {told['minutes']} minutes planned")
        return mailbox

    async def _interview(self, caller: Caller) -> None:
        page = caller.memory
        await page.until(lambda page: _phase(page) == "waiting", _STEP_S)
        await wait_for(_now, lambda _: _is_connected(caller), "the connection")
        self._tell("join", "socket and WebRTC up")
        await caller.act("start")
        await page.until(lambda page: _phase(page) == "candidate", _STEP_S)
        self._tell("greeting", f"{page.state.interviewer} asked the first question")
        await self._speak(caller)
        typed = 0
        while typed < _ANSWERS_AT_MOST:
            await page.until(lambda page: _phase(page) in {"candidate", "ended"}, _STEP_S)
            if _phase(page) == "ended":
                break
            await caller.answer(words.TYPED[typed % len(words.TYPED)])
            await page.until(lambda page: _phase(page) != "candidate", _STEP_S)
            typed += 1
        self._tell("typed answers", f"{typed}, until the interviewer closed")

    async def _speak(self, caller: Caller) -> None:
        """Speak the WAV, and say "I am done" where no speech was heard in it."""
        with tempfile.TemporaryDirectory() as folder:
            spoken = self.wav or write_wav(Path(folder) / "answer.wav", say(words.SPOKEN))
            await caller.say(frames(spoken))
        page = caller.memory
        try:
            await page.until(lambda page: _phase(page) != "candidate", _HEARD_S)
        except TimeoutError:
            await caller.act("done")
            await page.until(lambda page: _phase(page) != "candidate", _STEP_S)
        self._tell("spoken answer", "a WAV over WebRTC")

    async def _decide(self, desk: Desk, application_id: str, *, mailbox: Mailbox) -> dict[str, Any]:
        seen = await desk.until(application_id, "in_review", patience_s=120)
        self._tell("scoring", "recording and marks are there")
        interview_id = seen["interview_id"]
        cards = await desk.mark_all(interview_id, 4)
        interview = await desk.http.send("GET", f"/api/interviews/{interview_id}")
        suggested = [each["suggested"] for each in cards if each["suggested"]]
        self._tell("own marks first", f"then {len(suggested)} suggested ones were shown")
        before = await mailbox.count()
        await desk.decide(application_id, "hire", words.REASON)
        await mailbox.newest(before)
        closed = await desk.until(application_id, "closed")
        self._tell("decision", "with a reason; the mail left")
        recording = interview["recording"]
        return {
            "application": application_id,
            "stage": closed["stage"],
            "outcome": closed["outcome"],
            "turns": sum(turn["state"] == "committed" for turn in interview["turn_list"]),
            "recording_seconds": round((recording or {}).get("duration_ms", 0) / 1000, 1),
            "marks": len(suggested),
            "quotes_verified": _quotes_in_typed(suggested, interview["turn_list"]),
            "seconds": round(monotonic() - self.began, 1),
        }

    def _tell(self, step: str, what: str) -> None:
        self.told.append((step, what, monotonic() - self.began))


def _phase(page: Memory) -> str:
    return page.state.phase if page.states else ""


def _is_connected(caller: Caller) -> bool:
    return caller.voice is not None and caller.voice.connected


async def _now() -> None:
    """There is nothing to look at but the time."""


def _quotes_in_typed(marks: list[dict[str, Any]], turns: list[dict[str, Any]]) -> int:
    """Count the quotes that stand, word for word, in what the candidate typed."""
    typed = {
        turn["id"]: turn["text"]
        for turn in turns
        if (turn["speaker"], turn["source"]) == ("candidate", "typed")
    }
    return sum(
        quote["quote"] == typed[quote["turn_id"]][quote["start_char"] : quote["end_char"]]
        for mark in marks
        for quote in mark["evidence"]
        if quote["turn_id"] in typed
    )
