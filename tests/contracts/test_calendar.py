"""Google Calendar over the wire, by the unmodified client: nothing twice, nothing lost."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from pydantic import SecretStr

from interloop.domain.calendar import CalendarEvent, Span, event_id
from interloop.domain.errors import (
    Ambiguous,
    AuthRevoked,
    InterloopError,
    Permanent,
    RateLimited,
    Transient,
)
from interloop.integrations.calendar import google_desk
from interloop.integrations.calendar.google import GoogleCalendar
from interloop.integrations.calendar.port import Account, PersonalGrant, ServiceKey
from interloop.settings import Settings
from tests.sandbox.outside import Outside, start

ANN = "ann@larkfield.example"
NINE = datetime(2026, 12, 7, 9, tzinfo=UTC)
APPOINTMENT = UUID("018f0000-0000-7000-8000-000000000001")
DAY = Span(starts_at=NINE - timedelta(hours=9), ends_at=NINE + timedelta(hours=15))


def event(at: datetime = NINE, **changes: Any) -> CalendarEvent:
    span = Span(starts_at=at, ends_at=at + timedelta(minutes=45))
    given = {
        "id": event_id(APPOINTMENT),
        "title": "Interview: Platform engineer",
        "description": "http://127.0.0.1/applications/1",
        "span": span,
        "zone": "Europe/Berlin",
    }
    return CalendarEvent.model_validate(given | changes)


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Outside]:
    started = await start(Path(tmp_path_factory.mktemp("sandbox")))
    yield started
    await started.stop()


@pytest.fixture
async def outside(running: Outside) -> Outside:
    await running.control("reset")
    return running


@pytest.fixture(params=["service_key", "personal_grant"])
async def account(request: pytest.FixtureRequest, outside: Outside) -> Account:
    """Both ways to get to Ann's calendar."""
    if request.param == "service_key":
        return await key_of(outside)
    grant = await outside.get(f"/google/console/grant?subject={ANN}")
    return Account(credentials=PersonalGrant.model_validate(grant))


async def key_of(outside: Outside, subject: str = ANN) -> Account:
    key = json.dumps(await outside.get("/google/console/key"))
    return Account(credentials=ServiceKey(key=SecretStr(key), subject=subject))


@pytest.fixture
def google(outside: Outside) -> GoogleCalendar:
    return GoogleCalendar(Settings(google_url=f"{outside.web}/google"))


async def stored(outside: Outside) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await outside.get(f"/google/console/events?of={ANN}")
    return found


async def asked(outside: Outside, method: str) -> int:
    return sum(each[0] == method for each in await outside.get("/google/console/asked"))


async def test_an_appointment_is_written_moved_and_taken_out(
    google: GoogleCalendar, outside: Outside, account: Account
) -> None:
    written = await google.put(account, event())
    assert await google.busy(account, DAY) == [event().span]
    later = event(NINE + timedelta(hours=2), sequence=1)
    moved = await google.put(account, later)
    assert (moved.id, moved.etag == written.etag) == (written.id, False)
    assert await google.busy(account, DAY) == [later.span]
    [entry] = await stored(outside)
    assert entry["start"] == {"dateTime": "2026-12-07T11:00:00Z", "timeZone": "Europe/Berlin"}
    await google.cancel(account, event().id)
    assert await google.busy(account, DAY) == []


async def test_doing_it_twice_is_doing_it_once(
    google: GoogleCalendar, outside: Outside, account: Account
) -> None:
    first = await google.put(account, event())
    assert await google.put(account, event()) == first
    assert await asked(outside, "PATCH") == 0
    await google.cancel(account, event().id)
    await google.cancel(account, event().id)
    assert [each["status"] for each in await stored(outside)] == ["cancelled"]
    with pytest.raises(Permanent) as refused:
        await google.put(account, event())
    assert refused.value.code == "calendar_event_cancelled"


async def test_cancelling_what_never_was_is_fine(google: GoogleCalendar, outside: Outside) -> None:
    await google.cancel(await key_of(outside), event().id)


async def test_a_move_finds_nothing_and_writes_it(google: GoogleCalendar, outside: Outside) -> None:
    await google.put(await key_of(outside), event(sequence=3))
    assert len(await stored(outside)) == 1


async def test_an_older_time_never_overwrites_a_newer_one(
    google: GoogleCalendar, outside: Outside
) -> None:
    account = await key_of(outside)
    await google.put(account, event(NINE + timedelta(hours=1), sequence=2))
    with pytest.raises(Permanent) as refused:
        await google.put(account, event(sequence=1))
    assert refused.value.code == "calendar_event_newer"


async def test_what_the_owner_adds_stays(google: GoogleCalendar, outside: Outside) -> None:
    account = await key_of(outside)
    await google.put(account, event(guests=("cand@post.example",)))
    guests = [{"email": "cand@post.example"}, {"email": "bo@larkfield.example"}]
    mine = {"id": event().id, "attendees": guests, "location": "Room 2"}
    await outside.control("google/patch", of=ANN, event=mine)
    await google.put(account, event(NINE + timedelta(hours=1), sequence=1, guests=()))
    [entry] = await stored(outside)
    assert (entry["attendees"], entry["location"]) == (guests, "Room 2")


async def test_a_place_follows_and_only_our_own_is_taken_out_again(
    google: GoogleCalendar, outside: Outside
) -> None:
    account = await key_of(outside)

    async def shown(sequence: int, place: str | None) -> str:
        await google.put(account, event(sequence=sequence, place=place))
        [entry] = await stored(outside)
        return str(entry.get("location", ""))

    assert await shown(0, "Room 4") == "Room 4"
    assert await shown(1, "https://meet.example.com/r") == "https://meet.example.com/r"
    assert await shown(2, None) == ""
    mine = {"id": event().id, "location": "Room 2"}
    await outside.control("google/patch", of=ANN, event=mine)
    assert await shown(3, None) == "Room 2"


@pytest.mark.parametrize("kind", ["answer_lost", "cut", "broken_after"])
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
async def test_a_lost_answer_is_looked_up_and_nothing_is_done_twice(
    google: GoogleCalendar, outside: Outside, kind: str, method: str
) -> None:
    account = await key_of(outside)
    if method != "POST":
        await google.put(account, event())
    await outside.control("google/fault", kind=kind, method=method)
    if method == "DELETE":
        await google.cancel(account, event().id)
        assert await google.busy(account, DAY) == []
    else:
        wanted = event() if method == "POST" else event(NINE + timedelta(hours=1), sequence=1)
        await google.put(account, wanted)
        assert await google.busy(account, DAY) == [wanted.span]
    assert len(await stored(outside)) == 1


async def test_a_stalled_answer_is_looked_up(
    outside: Outside, google: GoogleCalendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(google_desk, "_TIMEOUT_S", 0.3)
    await outside.control("google/fault", kind="stall", seconds=1, method="POST")
    await google.put(await key_of(outside), event())
    assert len(await stored(outside)) == 1


async def test_what_cannot_be_looked_up_stays_ambiguous(
    google: GoogleCalendar, outside: Outside
) -> None:
    account = await key_of(outside)
    await outside.control("google/fault", kind="answer_lost", method="POST")
    await outside.control("google/fault", kind="broken", method="GET")
    with pytest.raises(Ambiguous):
        await google.put(account, event())
    await google.put(account, event())
    assert len(await stored(outside)) == 1


async def test_what_was_not_written_is_safe_to_try_again(
    google: GoogleCalendar, outside: Outside
) -> None:
    account = await key_of(outside)
    await outside.control("google/fault", kind="broken", method="POST")
    with pytest.raises(Transient):
        await google.put(account, event())
    assert await stored(outside) == []


@pytest.mark.parametrize(
    ("fault", "wanted"),
    [
        ({"kind": "too_many", "retry_after_s": 11}, RateLimited),
        ({"kind": "rate_limited"}, RateLimited),
        ({"kind": "forbidden"}, AuthRevoked),
        ({"kind": "broken"}, Transient),
        ({"kind": "answer_lost"}, Transient),
    ],
    ids=lambda each: each["kind"] if isinstance(each, dict) else each.__name__,
)
async def test_each_trouble_has_its_error(
    google: GoogleCalendar, outside: Outside, fault: dict[str, Any], wanted: type[InterloopError]
) -> None:
    account = await key_of(outside)
    await outside.control("google/fault", **fault)
    with pytest.raises(wanted) as raised:
        await google.busy(account, DAY)
    if isinstance(raised.value, RateLimited):
        seconds = fault.get("retry_after_s")
        assert raised.value.retry_after == (seconds and timedelta(seconds=seconds))
    assert await google.busy(account, DAY) == []


async def test_a_token_that_ends_in_between_is_fetched_anew(
    google: GoogleCalendar, outside: Outside, account: Account
) -> None:
    await google.put(account, event())
    await outside.control("google/fault", kind="expired")
    assert await google.busy(account, DAY) == [event().span]


async def test_access_taken_back_is_told_apart_and_comes_back(
    google: GoogleCalendar, outside: Outside, account: Account
) -> None:
    await google.put(account, event())
    await outside.control("google/revoke", subject=ANN)
    for what in (google.busy(account, DAY), google.put(account, event(sequence=1))):
        with pytest.raises(AuthRevoked):
            await what
    await outside.control("google/restore")
    assert await google.busy(account, DAY) == [event().span]


async def test_a_calendar_that_cannot_be_read_is_never_free(
    google: GoogleCalendar, outside: Outside
) -> None:
    await outside.control("google/missing", subject=ANN)
    with pytest.raises(Permanent):
        await google.busy(await key_of(outside), DAY)


async def test_half_a_year_is_read_in_months_and_days_off_count(
    google: GoogleCalendar, outside: Outside
) -> None:
    zone = {"timeZone": "Europe/Berlin"}
    day = {"start": {"date": "2027-03-28", **zone}, "end": {"date": "2027-03-29", **zone}}
    await outside.control("google/entry", of=ANN, event=day | {"summary": "Off"})
    span = Span(starts_at=NINE, ends_at=NINE + timedelta(days=180))
    [off] = await google.busy(await key_of(outside), span)
    # The clocks go forward that night: the day has 23 hours.
    assert off.ends_at - off.starts_at == timedelta(hours=23)


async def test_nobody_at_the_address_means_later() -> None:
    nobody = GoogleCalendar(Settings(google_url="http://127.0.0.1:9/google"))
    grant = PersonalGrant(client_id="c", client_secret=SecretStr("s"), refresh_token=SecretStr("r"))
    with pytest.raises(Transient):
        await nobody.busy(Account(credentials=grant), DAY)


@pytest.mark.parametrize("key", ["", "{}", "[]", '{"private_key": 1, "client_email": "a"}'])
async def test_a_file_that_is_no_key_is_refused(google: GoogleCalendar, key: str) -> None:
    wrong = Account(credentials=ServiceKey(key=SecretStr(key), subject=ANN))
    with pytest.raises(Permanent) as refused:
        await google.busy(wrong, DAY)
    assert refused.value.code == "calendar_key_unreadable"


async def test_a_key_file_cannot_send_us_to_another_address(
    google: GoogleCalendar, outside: Outside
) -> None:
    key = {**await outside.get("/google/console/key"), "token_uri": "http://127.0.0.1:9/token"}
    account = Account(credentials=ServiceKey(key=SecretStr(json.dumps(key)), subject=ANN))
    assert await google.busy(account, DAY) == []


def test_secrets_are_hidden_when_they_are_printed() -> None:
    account = Account(credentials=ServiceKey(key=SecretStr("hush"), subject=ANN))
    assert "hush" not in f"{account!r}{account}"
    assert "hush" in account.model_dump_json()


async def test_the_console_page_says_that_nothing_left(
    google: GoogleCalendar, outside: Outside
) -> None:
    await google.put(await key_of(outside), event())
    async with httpx2.AsyncClient(verify=outside.trust) as http:
        page = (await http.get(f"{outside.web}/google/console/")).text
    assert "nothing left this machine" in page
    assert "Interview: Platform engineer" in page
