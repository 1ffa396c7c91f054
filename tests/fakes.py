"""Stand-ins for what lies outside the building: mail, judge, documents and storage."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import timedelta
from typing import TypeVar

from pydantic import BaseModel

from interloop.domain.calendar import CalendarEvent, EventRef, Span
from interloop.domain.document import ReadDocument, ReadStatus
from interloop.domain.errors import (
    AuthRevoked,
    InterloopError,
    NotFound,
    RateLimited,
    Unavailable,
)
from interloop.domain.turn import Provider
from interloop.integrations.calendar.port import Account
from interloop.integrations.llm.port import ModelIdentity, Prompt
from interloop.integrations.mail.port import MailOutcome, OutgoingMail

A = TypeVar("A", bound=BaseModel)


class FakeMailer:
    """Keeps what was sent; `outcomes` are used up before everything is sent."""

    def __init__(self) -> None:
        self.mails: list[OutgoingMail] = []
        self.outcomes: list[MailOutcome] = []
        self.away = False
        self.meanwhile: Callable[[], Awaitable[None]] | None = None
        """What happens once, before the post office answers."""

    async def send(self, mail: OutgoingMail) -> MailOutcome:
        outcome = self.outcomes.pop(0) if self.outcomes else MailOutcome.sent
        if self.away:
            outcome = MailOutcome.try_later
        if outcome is not MailOutcome.try_later:
            self.mails.append(mail)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        return outcome


class FakeJudge:
    """Quotes whole turns; or invents quotes, or is away."""

    def __init__(self) -> None:
        self.mode = "honest"
        self.asked: list[Prompt] = []
        self.levels: list[int] = []

    async def complete(self, prompt: Prompt, answer: type[A]) -> tuple[A, ModelIdentity]:
        self.asked.append(prompt)
        if self.mode == "away":
            raise Unavailable("the judge is away", code="model_away")
        if self.mode == "revoked":
            raise AuthRevoked("the judge does not know us", code="model_access_revoked")
        if self.mode == "busy":
            self.mode = "honest"
            wait = timedelta(minutes=7)
            raise RateLimited("the judge is busy", code="model_busy", retry_after=wait)
        turns = json.loads(prompt.data)["turns"]
        quotes = [{"turn": turn["turn"], "quote": turn["text"]} for turn in turns]
        if self.mode == "inventing":
            quotes = [{"turn": turn["turn"], "quote": "I have led ten teams."} for turn in turns]
        level = self.levels.pop(0) if self.levels else 4
        ruling = {"evidence": quotes, "level": level, "abstain": False, "reason": "as_said"}
        if self.mode == "abstaining":
            ruling = {"evidence": [], "level": None, "abstain": True, "reason": "not_enough_said"}
        identity = ModelIdentity(provider=Provider.sandbox, model="fake-judge")
        return answer.model_validate(ruling), identity

    async def close(self) -> None:
        """There is no line."""


class FakeCalendar:
    """Calendars in memory, by subject or grant; `trouble` is raised before anything is done."""

    def __init__(self) -> None:
        self.events: dict[str, CalendarEvent] = {}
        self.busy_spans: list[Span] = []
        self.trouble: list[InterloopError] = []
        self.writes = 0

    async def busy(self, account: Account, within: Span) -> list[Span]:
        self._stumble()
        return list(self.busy_spans)

    async def put(self, account: Account, event: CalendarEvent) -> EventRef:
        self._stumble()
        self.writes += self.events.get(event.id) != event
        self.events[event.id] = event
        return EventRef(id=event.id, etag=str(event.sequence))

    async def cancel(self, account: Account, event_id: str) -> None:
        self._stumble()
        self.events.pop(event_id, None)

    def _stumble(self) -> None:
        if self.trouble:
            raise self.trouble.pop(0)


class FakeReader:
    """Reads UTF-8; no text is an empty document."""

    async def read(self, data: bytes, *, filename: str) -> ReadDocument:
        text = data.decode()
        if not text.strip():
            return ReadDocument(status=ReadStatus.NO_TEXT, pages=1)
        return ReadDocument(status=ReadStatus.OK, pages=1, text=text)


class MemoryStorage:
    """Objects in memory."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    async def put(self, key: str, data: bytes) -> None:
        self.objects[key] = data

    async def put_pieces(self, key: str, pieces: Iterable[bytes]) -> None:
        self.objects[key] = b"".join(pieces)

    async def get(self, key: str) -> bytes:
        if key not in self.objects:
            raise NotFound("no such object", code="no_object")
        return self.objects[key]

    async def size(self, key: str) -> int:
        return len(await self.get(key))

    async def read(self, key: str, start: int, end: int) -> bytes:
        return (await self.get(key))[start:end]

    async def delete(self, key: str) -> None:
        self.objects.pop(key, None)

    async def keys(self, prefix: str) -> AsyncIterator[str]:
        for key in sorted(self.objects):
            if key.startswith(prefix):
                yield key
