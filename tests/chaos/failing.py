"""Dies once at every moment of every outside effect: `python -m tests.chaos.failing FILE [POINT]`.

One whole journey for each point, place and moment of `CASES`: the process that is about to mail,
store, ask a model or speak with one is killed before, in the middle of, or right after it. People
do what people do: they try again what was not answered, and look at what nobody is sure of. What
each journey cost is appended to FILE as JSON lines. A port's new method is in `REACHED` or in
`NO_EFFECT`, or a test fails (`tests/unit/test_failpoints.py`).
"""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from interloop.demo import words
from interloop.demo.caller import Caller
from interloop.demo.candidate import Candidate
from interloop.demo.desk import Desk
from interloop.demo.http import Away, DemoFailed, Http
from interloop.demo.mailbox import Mailbox
from interloop.failpoints import Moment, arm, is_armed
from tests.chaos.meeting import Meeting
from tests.chaos.people import (
    CLOSING,
    GREETING,
    PATIENCE_S,
    QUESTIONS,
    Guest,
    Office,
    hurry,
    persist,
    told,
    until_asked,
)
from tests.chaos.sound import speech
from tests.support.figures import Figures, append
from tests.support.product import Product, running_product

_MAIL_S = 15.0
_SPOKEN_S = 4.0


class Place(StrEnum):
    """Where in a journey a process dies."""

    intake = "intake"
    invitation = "invitation"
    call = "call"
    afterwards = "afterwards"
    export = "export"
    decision = "decision"
    meeting = "meeting"


REACHED: Mapping[str, tuple[Place, ...]] = {
    "mail.send": (Place.invitation, Place.decision),
    "storage.put": (Place.intake,),
    "storage.put_pieces": (Place.afterwards, Place.export),
    "judge.complete": (Place.afterwards,),
    "hooks.post": (Place.decision,),
    "calendar.put": (Place.meeting,),
    "calendar.cancel": (Place.meeting,),
    "live.connect": (Place.call,),
    "live_session.tell": (Place.call,),
    "live_session.answer_item": (Place.call,),
    "live_session.activity_start": (Place.call,),
    "live_session.hear": (Place.call,),
    "live_session.activity_end": (Place.call,),
    "live_session.close": (Place.call,),
}
NO_EFFECT: Mapping[str, str] = {
    "calendar.busy": "reads",
    "storage.get": "reads",
    "storage.read": "reads",
    "storage.size": "reads",
    "storage.delete": "follows a failure, or a day after an export",
    "documents.read": "a subprocess of ours reads a file",
    "judge.close": "ends a line of ours",
    "hooks.close": "ends a line of ours",
    "transcriber.close": "ends a line of ours",
    "transcriber.transcribe": "asked only where a key is",
}
Case = tuple[str, Place, Moment]
CASES: tuple[Case, ...] = tuple(
    (point, place, moment)
    for point, places in REACHED.items()
    for place in places
    for moment in Moment
)


@dataclass
class Journey:
    """One candidate on the way through everything, and where a process is to die."""

    product: Product
    office: Office
    folder: Path
    case: Case
    said: str
    effects_doubled: int = 0

    def be_at(self, place: Place) -> None:
        """Arm the point when this is its place."""
        point, wanted, moment = self.case
        if place is wanted:
            arm(self.folder, point, moment)

    @property
    def _is_spoken(self) -> bool:
        """Tell whether there is a voice, and so a recording."""
        return self.case[1] in {Place.call, Place.afterwards, Place.export}

    async def walk(self) -> Figures:
        """Walk from the resume to the decision; return what was lost or doubled."""
        address = f"{uuid4().hex[:12]}@candidate.example"
        mailbox, candidate = Mailbox(self.product.inbox, address), Candidate(self.product.app)
        try:
            self.be_at(Place.intake)
            application_id = await self._add(address)
            desk = self.office.desk
            await persist(lambda: desk.until(application_id, "screening", waiting_on="recruiter"))
            self.be_at(Place.invitation)
            token = await self._invite(application_id, mailbox)
            told = await persist(lambda: candidate.open_link(token))
            await persist(lambda: candidate.agree(told))
            seen = await persist(lambda: desk.application(application_id))
            guest = Guest(self.office, candidate, mailbox, application_id, seen["interview_id"])
            self.be_at(Place.call)
            async with candidate.caller(voice=self._is_spoken) as caller:
                await self._attend(caller, guest)
            await persist(lambda: desk.until(application_id, "in_review", patience_s=PATIENCE_S))
            return await self._decide(guest, back_s=max(caller.absences, default=0.0))
        finally:
            await candidate.http.close()
            await mailbox.http.close()

    async def _add(self, address: str) -> str:
        """Upload the resume; after no answer look whether it is there, as a recruiter does."""
        before = await self._applications()
        for _ in range(3):
            with suppress(Away):
                return str((await self.office.add(address))["id"])
            await asyncio.to_thread(self.product.wait_until_ready)
            there = await persist(self._applications) - before
            self.effects_doubled += max(0, len(there) - 1)
            if there:
                return there.pop()
        raise DemoFailed("the resume could not be added")

    async def _applications(self) -> set[str]:
        place = f"/api/jobs/{self.office.job_id}/applications"
        return {str(row["id"]) for row in await self.office.desk.http.send("GET", place)}

    async def _invite(self, application_id: str, mailbox: Mailbox) -> str:
        """Invite; a mail of which nobody knows whether it left is invited once more."""
        for _ in range(2):
            state = await self._invite_once(application_id)
            if await mailbox.count():
                break
            assert state == "ambiguous", f"a mail that is {state} did not arrive"
        return await mailbox.link_token(0)

    async def _invite_once(self, application_id: str) -> str:
        place, send = f"/api/applications/{application_id}/invitation", self.office.desk.http.send
        preview = await persist(lambda: send("POST", f"{place}/preview"))
        body = {"message_id": preview["message_id"]}
        await persist(lambda: send("POST", place, json=body))
        return await self._settled(application_id, body["message_id"])

    async def _settled(self, application_id: str, message_id: str) -> str:
        """Wait until it is known, or known to be unknown, whether a mail left."""
        place = f"/api/applications/{application_id}/messages"
        deadline = monotonic() + PATIENCE_S
        while True:
            mails = await persist(lambda: self.office.desk.http.send("GET", place))
            state = next(mail["state"] for mail in mails if mail["id"] == message_id)
            if state not in {"pending", "sending"}:
                return str(state)
            assert monotonic() < deadline, "the mail stays on its way"
            await asyncio.sleep(0.2)

    async def _attend(self, caller: Caller, guest: Guest) -> None:
        """Answer every question; the third by voice, where the call is the place."""
        page = caller.memory
        for key in QUESTIONS:
            await until_asked(caller, key, PATIENCE_S)
            if key == "fourth":
                self.be_at(Place.afterwards)
            if key == "third" and caller.voice is not None:
                await self._speak(caller, guest)
            else:
                await caller.answer(self._answer(key), timeout_s=PATIENCE_S)
        await page.until(lambda page: page.over, PATIENCE_S)

    async def _speak(self, caller: Caller, guest: Guest) -> None:
        """Answer by voice, and say that this was all until the next question comes."""
        sandbox = Http(self.product.inbox)
        body = {"texts": [self._answer("third")], "session": guest.interview_id}
        await sandbox.send("POST", "/control/hearing", json=body)
        await sandbox.close()
        await caller.say(speech(_SPOKEN_S), timeout_s=PATIENCE_S)
        deadline = monotonic() + PATIENCE_S
        while True:
            assert monotonic() < deadline, "the spoken answer was not taken"
            if caller.memory.state.question_id == "third":
                await caller.act("done")
            # The last sound may come after the button: it takes the turn back, and is over again.
            with suppress(TimeoutError):
                await caller.memory.until_asked("fourth", 5.0)
                return

    def _answer(self, key: str) -> str:
        return f"{self.said}: what I have to say to the {key} question."

    async def _decide(self, guest: Guest, *, back_s: float) -> Figures:
        desk = self.office.desk
        await persist(lambda: desk.mark_all(guest.interview_id, 4))
        if self.case[1] is Place.export:
            await self._export(guest)
        mails = await guest.mailbox.count()
        self.be_at(Place.decision)
        message_id = await self._say_decision(guest.application_id)
        closed = await persist(lambda: desk.until(guest.application_id, "closed"))
        state = await self._settled(guest.application_id, message_id)
        arrived = await guest.mailbox.count() - mails
        assert arrived or state == "ambiguous", f"a mail that is {state} did not arrive"
        self.effects_doubled += await self._news(guest.application_id) - 1
        return await self._count(guest, closed, arrived=arrived, back_s=back_s)

    async def _news(self, application_id: str) -> int:
        """Wait until the other system was told of the decision; return by how many messages.

        The same message may come twice, under the same id: its receiver keeps the first.
        """
        sandbox, deadline = Http(self.product.inbox), monotonic() + PATIENCE_S
        try:
            while True:
                came = await sandbox.send("GET", "/api/hooks")
                ids = {each["message_id"] for each in came if application_id in str(each["data"])}
                if ids:
                    return len(ids)
                assert monotonic() < deadline, "the other system was told nothing"
                await asyncio.sleep(0.2)
        finally:
            await sandbox.close()

    async def _say_decision(self, application_id: str) -> str:
        """Decide once; the same decision is sent again where no answer came."""
        place, send = f"/api/applications/{application_id}/decisions", self.office.desk.http.send
        preview = await persist(lambda: send("POST", f"{place}/preview", json={"kind": "hire"}))
        message_id = str(preview["message_id"])
        body = {"kind": "hire", "reason": words.REASON, "message_id": message_id}
        await persist(lambda: send("POST", place, json=body))
        return message_id

    async def _export(self, guest: Guest) -> None:
        place, send = f"/api/interviews/{guest.interview_id}/exports", self.office.desk.http.send
        self.be_at(Place.export)
        await persist(lambda: send("POST", place, json={"format": "webm"}))
        deadline = monotonic() + PATIENCE_S
        while (await persist(lambda: send("GET", place)))[0]["state"] != "ready":
            assert monotonic() < deadline, "the file was not made"
            await asyncio.sleep(0.2)

    async def _count(
        self, guest: Guest, closed: Mapping[str, Any], *, arrived: int, back_s: float
    ) -> Figures:
        point, place, moment = self.case
        assert not is_armed(self.folder, point, moment), "nobody came to this point"
        texts = told([turn["text"] for turn in await guest.turns()])
        expected = [GREETING, *QUESTIONS.values(), *map(self._answer, QUESTIONS), CLOSING]
        lost = [text for text in expected if text not in texts]
        if self._is_spoken and any(QUESTIONS["fourth"].startswith(text) for text in texts):
            # The last sound of the answer before it may cut it short: so much was heard of it.
            lost = [text for text in lost if text != QUESTIONS["fourth"]]
        if self._is_spoken and lost == [self._answer("third")]:
            # Words of a sentence in which a gateway died may be short of a few.
            lost = [] if len(texts) == len(expected) else lost
        if lost:
            sys.stdout.write(f"  missing: {lost}\n  there: {texts}\n")
        seen = await guest.office.desk.http.send(
            "GET", f"/api/applications/{guest.application_id}/history"
        )
        once = Counter(entry["action"] for entry in seen if entry["action"] in _ONCE)
        self.effects_doubled += sum(count - 1 for count in once.values()) + max(0, arrived - 1)
        return Figures(
            case=f"{point} {moment} ({place})",
            finished=(closed["stage"], closed["outcome"]) == ("closed", "hired"),
            turns_lost=len(lost),
            turns_doubled=len(texts) - len(set(texts)),
            effects_doubled=self.effects_doubled,
            audio_lost_s=0.0,
            back_s=round(back_s, 2),
        )


_ONCE = frozenset({"application.added", "interview.finished", "decided", "recording.finalised"})
"""What must stand once in the history of a journey."""


async def tell_another_system(product: Product, office: Office) -> None:
    """Have the sandbox's receiver told of decisions."""
    admin = await Desk.open(product.app, office.stack.person("admin"))
    body = {"url": f"{product.inbox}/hooks", "events": ["application.decided"]}
    await admin.http.send("POST", "/api/webhooks", json=body)
    await admin.http.close()


def cases(wanted: str) -> Iterator[Case]:
    """Return the cases whose point, place and moment contain this text."""
    return (case for case in CASES if wanted in " ".join(case))


async def walk(product: Product, office: Office, folder: Path, case: Case, said: str) -> Figures:
    """Walk the one journey in which this process dies."""
    point, place, moment = case
    if place is not Place.meeting:
        return await Journey(product, office, folder, case, said).walk()
    figures = await Meeting(product, office, lambda: arm(folder, point, moment)).walk(
        f"{point} {moment} ({place})", cancelling=point == "calendar.cancel"
    )
    assert not is_armed(folder, point, moment), "nobody came to this point"
    return figures


async def main(file: Path, wanted: str) -> int:
    """Walk through all of them; return how many there were."""
    walked = 0
    with tempfile.TemporaryDirectory() as folder:
        points = Path(folder) / "failpoints"
        points.mkdir()
        env = {"INTERLOOP_FAILPOINTS_DIR": str(points)}
        with running_product(Path(folder) / "state", env) as product:
            await hurry(product)
            async with Office.open(product) as office:
                await tell_another_system(product, office)
                for case in cases(wanted):
                    figures = await walk(product, office, points, case, f"No {walked}")
                    append(file, figures)
                    walked += 1
                    sys.stdout.write(f"  {figures.case}: back after {figures.back_s} s\n")
                    sys.stdout.flush()
                    await asyncio.to_thread(product.wait_until_ready)
    return walked


if __name__ == "__main__":
    walked = asyncio.run(main(Path(sys.argv[1]), sys.argv[2] if sys.argv[2:] else ""))
    sys.stdout.write(f"{walked} journeys, each with a death beside an outside effect\n")
