"""The blocking half of Google Calendar: google-api-python-client, as it is installed.

It speaks by the discovery document in the wheel, so that nothing is fetched to know the API, and
never sleeps and retries by itself (`num_retries=0`): Temporal does, with the server's own wait.
Batches are not used: they leave for Google's address whatever the settings say. httplib2 is not
safe between threads, so every call has a line of its own; it repeats a request once when a line
dies before its answer begins, which is harmless, for the ids of events are ours.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import httplib2
from google.auth.credentials import Credentials as Token
from google.oauth2 import credentials as personal
from google.oauth2 import service_account
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build

from interloop.domain.calendar import CalendarEvent, EventRef, Span, merged
from interloop.domain.errors import Ambiguous, Permanent, Transient
from interloop.integrations.calendar.google_errors import ABSENT, CHANGED, GONE, TAKEN, asking
from interloop.integrations.calendar.google_events import (
    Resource,
    body_of,
    is_cancelled,
    patch_of,
    ref_of,
    says,
    sequence_of,
)
from interloop.integrations.calendar.port import Account, Credentials, ServiceKey

SCOPES = (
    "https://www.googleapis.com/auth/calendar.events",
    "https://www.googleapis.com/auth/calendar.freebusy",
)
"""The least that tells when somebody is busy and writes events."""

_TOKEN_URL = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
_TIMEOUT_S = 20.0
_TOKENS_KEPT = 256
_LONGEST_ASKED = timedelta(days=30)
_UNREADABLE = "calendars that cannot be read are not free"


class GoogleDesk:
    """Every call to Google; with a `url`, to what stands there instead."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._token = lru_cache(maxsize=_TOKENS_KEPT)(self._new_token)

    def busy(self, account: Account, within: Span) -> list[Span]:
        """Return the busy time within a span, asked for a month at a time."""
        found, begin = list[Span](), within.starts_at
        with self._service(account) as service:
            while begin < within.ends_at:
                end = min(begin + _LONGEST_ASKED, within.ends_at)
                found += _busy_between(service, account.calendar_id, begin, end)
                begin = end
        return merged(found)

    def put(self, account: Account, event: CalendarEvent) -> EventRef:
        """Make the calendar hold exactly this event."""
        with self._service(account) as service:
            return _Entry(service, account.calendar_id, event.id).put(event)

    def cancel(self, account: Account, event_id: str) -> None:
        """Take the event out."""
        with self._service(account) as service:
            _Entry(service, account.calendar_id, event_id).cancel()

    @contextmanager
    def _service(self, account: Account) -> Iterator[Any]:
        token = self._token(account.credentials)
        # What stands at an address of ours is reached directly, whatever proxy the machine has.
        line = httplib2.Http(timeout=_TIMEOUT_S, **({"proxy_info": None} if self._url else {}))
        try:
            yield build(
                "calendar",
                "v3",
                http=AuthorizedHttp(token, http=line),
                client_options={"api_endpoint": f"{self._url}/calendar/v3/"} if self._url else None,
                static_discovery=True,
                cache_discovery=False,
            )
        finally:
            line.close()

    def _new_token(self, credentials: Credentials) -> Token:
        """Return what fetches tokens; never from an address that an uploaded file names."""
        url = f"{self._url}/token" if self._url else _TOKEN_URL
        if isinstance(credentials, ServiceKey):
            return _service_token(credentials, url)
        return personal.Credentials(  # type: ignore[no-untyped-call]
            None,
            refresh_token=credentials.refresh_token.get_secret_value(),
            token_uri=url,
            client_id=credentials.client_id,
            client_secret=credentials.client_secret.get_secret_value(),
            scopes=SCOPES,
        )


class _Entry:
    """One event in one calendar, by its id."""

    def __init__(self, service: Any, calendar_id: str, event_id: str) -> None:
        self._events = service.events()
        self._where = {"calendarId": calendar_id}
        self._this = {**self._where, "eventId": event_id}

    def put(self, event: CalendarEvent) -> EventRef:
        # A first writing needs no look: a taken id says what a look would.
        found = self._find() if event.sequence else None
        try:
            return self._insert(event) if found is None else self._update(found, event)
        except Ambiguous:
            return self._look_up(event)
        except Transient as refused:
            # The client may have asked twice: what was changed meanwhile can be our own doing.
            if refused.code != CHANGED:
                raise
            return self._look_up(event)

    def cancel(self) -> None:
        try:
            with asking(writes=True):
                self._events.delete(**self._this, sendUpdates="all").execute(num_retries=0)
        except Permanent as refused:
            if refused.code not in {ABSENT, GONE}:
                raise
        except Ambiguous:
            found = self._find()
            if found is not None and not is_cancelled(found):
                raise Transient("it still stands there", code="calendar_not_written") from None

    def _find(self) -> Resource | None:
        try:
            with asking():
                found: Resource = self._events.get(**self._this).execute(num_retries=0)
        except Permanent as refused:
            if refused.code in {ABSENT, GONE}:
                return None
            raise
        return found

    def _insert(self, event: CalendarEvent) -> EventRef:
        request = self._events.insert(**self._where, body=body_of(event), sendUpdates=_told(event))
        try:
            with asking(writes=True):
                return ref_of(request.execute(num_retries=0))
        except Permanent as refused:
            found = self._find() if refused.code == TAKEN else None
            if found is None:
                raise
        return self._update(found, event)

    def _update(self, found: Resource, event: CalendarEvent) -> EventRef:
        if says(found, event):
            return ref_of(found)
        if is_cancelled(found):
            raise Permanent("the event was deleted", code="calendar_event_cancelled")
        if sequence_of(found) > event.sequence:
            raise Permanent("a newer time stands there", code="calendar_event_newer")
        patch = patch_of(found, event)
        request = self._events.patch(**self._this, body=patch, sendUpdates=_told(event))
        request.headers["If-Match"] = found["etag"]
        with asking(writes=True):
            return ref_of(request.execute(num_retries=0))

    def _look_up(self, event: CalendarEvent) -> EventRef:
        """Say what became of a writing whose answer was lost."""
        try:
            found = self._find()
        except Transient as away:
            raise Ambiguous("Google may have written it", code="calendar_unsure") from away
        if found is not None and says(found, event):
            return ref_of(found)
        raise Transient("nothing of it stands there", code="calendar_not_written")


def _busy_between(service: Any, calendar_id: str, begin: datetime, end: datetime) -> list[Span]:
    body = {
        "timeMin": begin.isoformat(),
        "timeMax": end.isoformat(),
        "timeZone": "UTC",
        "items": [{"id": calendar_id}],
    }
    with asking():
        answer = service.freebusy().query(body=body).execute(num_retries=0)
    # The calendar may come back under its address instead of `primary`; one was asked for.
    told: Resource = next(iter(answer["calendars"].values()), {"errors": [{"reason": "notFound"}]})
    reasons = {each.get("reason") for each in told.get("errors", ())}
    if "notFound" in reasons:
        raise Permanent(_UNREADABLE, code=ABSENT)
    if reasons:
        raise Transient(_UNREADABLE, code="calendar_unreadable")
    spans = (_clipped(each, begin, end) for each in told.get("busy", ()))
    return [span for span in spans if span is not None]


def _clipped(told: Resource, begin: datetime, end: datetime) -> Span | None:
    starts_at = max(datetime.fromisoformat(told["start"]), begin)
    ends_at = min(datetime.fromisoformat(told["end"]), end)
    return Span(starts_at=starts_at, ends_at=ends_at) if starts_at < ends_at else None


def _told(event: CalendarEvent) -> str:
    """Let the calendar write to those whom it shall invite, and to nobody else."""
    return "all" if event.guests else "none"


def _service_token(credentials: ServiceKey, url: str) -> Token:
    try:
        key = json.loads(credentials.key.get_secret_value())
        known = {name: key[name] for name in ("client_email", "private_key", "private_key_id")}
        token: Token = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
            {**known, "token_uri": url}, scopes=SCOPES, subject=credentials.subject
        )
    except (ValueError, KeyError, TypeError):
        raise Permanent("not a service account's key", code="calendar_key_unreadable") from None
    return token
