"""A candidate chooses a time by themselves: takes it, moves it, gives it up, is beaten to it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chair import INVITES, YOURS, Chair, invited, job, meet, pool
from tests.browser.conftest import Tabs
from tests.browser.office import Office, mails_from
from tests.support.product import Product


@pytest.fixture
def chairs(tabs: Tabs) -> list[Chair]:
    return [Chair(tabs.person()) for _ in range(2)]


def shown(at: Any) -> str:
    """An instant as the page of a browser in London says it."""
    return f"{at:%A} {at.day} {at:%B}, {at:%H:%M}"


def test_a_time_is_booked_kept_in_a_calendar_moved_and_given_up(office: Office, tabs: Tabs) -> None:
    email = "iris.halden@example.org"
    job_id = job(office, "Engineer by appointment", way="slots", free_changes=2)
    chair = Chair(tabs.person())
    chair.open_link(office.link(job_id, "Iris Halden", email))
    expect(chair.page.get_by_role("button", name="Start now")).to_be_hidden()
    chair.watched.look("times-invitation")
    title = book(chair)
    first = chair.calendar_file()
    assert shown(first.decoded("dtstart")) in title
    assert first.decoded("dtstart") - datetime.now(UTC) > timedelta(days=1)
    assert "booked" in mails_from(office.inbox, email, 2)[0]["subject"]
    # Who comes back sees the time first.
    chair.page.goto(re.sub("/c/.*", "/c/", chair.page.url))
    chair.heading(title)
    assert move(chair) != title
    moved = chair.calendar_file()
    assert moved.decoded("dtstart") > first.decoded("dtstart")
    assert str(moved["uid"]) == str(first["uid"])
    assert (first["sequence"], moved["sequence"]) == (0, 1)
    give_up(chair)


def book(chair: Chair) -> str:
    """Take the first time by hand; returns the heading that names it."""
    chair.press("Choose a time", exact=True)
    chair.heading("Choose a time")
    chair.watched.look("times-choose")
    time = chair.choose(2, 3)
    chair.watched.look("times-put-aside")
    title = chair.take()
    assert title.endswith(time)
    expect(chair.page.get_by_text("Your time is booked.")).to_be_visible()
    chair.watched.look("times-booked")
    return title


def move(chair: Chair) -> str:
    """Move the time; one more change is left then."""
    chair.press("Choose another time")
    chair.heading("Choose another time")
    chair.choose(3, 0)
    chair.watched.look("times-move")
    title = chair.take()
    expect(chair.page.get_by_text("Your time is moved.")).to_be_visible()
    expect(chair.page.get_by_text("By yourself you can move it once.")).to_be_visible()
    return title


def give_up(chair: Chair) -> None:
    """Cancel, after a word on what follows from it."""
    chair.press("Cancel this time")
    dialog = chair.page.get_by_role("dialog", name="Cancel this time?")
    expect(dialog).to_contain_text("You can then choose another time")
    dialog.get_by_role("button", name="Yes, cancel it").click()
    chair.heading(INVITES)
    expect(chair.page.get_by_text("is cancelled. Your application goes on.")).to_be_visible()
    chair.watched.look("times-cancelled")


def test_who_is_beaten_to_a_time_is_told_so_and_chooses_another(
    product: Product, office: Office, chairs: list[Chair]
) -> None:
    job_id = job(office, "Engineer for one interviewer")
    meet(office, product, job_id)
    first, second = chairs
    people = (("Nuria Valde", "nuria.valde@example.org"), ("Piet Olsen", "piet.olsen@example.org"))
    for chair, person in zip(chairs, people, strict=True):
        application = office.person(job_id, *person)
        chair.open_link(invited(office, application, person[1], "human"))
        expect(chair.page.get_by_text("You will speak with a person")).to_be_visible()
        expect(chair.page.get_by_text("Interloop records nothing of it")).to_be_visible()
        chair.press("Choose a time", exact=True)
        expect(chair.times.first).to_be_visible()
    first.watched.look("times-with-person")
    time = first.choose(1, 4)
    with second.watched.expecting(409):
        second.day(1).check()
        second.times.nth(4).check()
        told = second.page.get_by_text(f"{time} was just taken by somebody else.")
        expect(told).to_be_visible()
    expect(second.choice).to_be_hidden()
    expect(second.page.get_by_role("radio", name=time, exact=True)).to_be_hidden()
    second.watched.look("times-taken")
    assert first.take().endswith(time)
    expect(first.page.get_by_text("Demo interviewer").first).to_be_visible()
    first.watched.look("times-booked-person")
    second.choose(1, 0)
    second.take()


def test_a_proposed_time_is_declined_and_the_next_one_taken(office: Office, tabs: Tabs) -> None:
    job_id = job(office, "Engineer who is proposed a time", way="system_proposes")
    link = office.link(job_id, "Jonna Vik", "jonna.vik@example.org")
    mails_from(office.inbox, "jonna.vik@example.org", 2)
    chair = Chair(tabs.person(theme="dark"))
    chair.page.goto(link)
    chair.press("Continue")
    chair.heading(re.compile("^Does .* suit you"))
    expect(chair.page.get_by_text("an AI interviewer, not with a person")).to_be_visible()
    chair.watched.look("times-proposed")
    before = chair.page.get_by_role("heading", level=1).inner_text()
    chair.press("Propose another time")
    other = chair.page.get_by_role("heading", level=1, name=re.compile("^Does "))
    expect(other).not_to_have_text(before)
    expect(other).to_be_visible()
    chair.press("Take this time")
    chair.heading(YOURS)
    chair.watched.look("times-taken-proposal")


def test_times_are_chosen_by_keyboard_in_another_zone_which_is_remembered(
    office: Office, tabs: Tabs
) -> None:
    job_id = job(office, "Engineer in another zone")
    chair = Chair(tabs.person(theme="dark"))
    page = chair.page
    chair.open_link(office.link(job_id, "Amadou Keita", "amadou.keita@example.org"))
    expect(page.get_by_role("button", name="Start now")).to_be_visible()
    chair.press("Choose a time for later")
    expect(page.get_by_text("in your own zone: London")).to_be_visible()
    find_zone(chair, "japan")
    expect(page.get_by_text("in the zone you chose: Tokyo")).to_be_visible()
    # The hours of the AI are those of a day there.
    expect(chair.times.first).to_be_visible()
    chair.day(0).focus()
    page.keyboard.press("ArrowRight")
    expect(chair.day(1)).to_be_checked()
    chair.times.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(chair.times.nth(1)).to_be_checked()
    expect(chair.choice).to_contain_text("Tokyo time")
    expect(chair.choice).to_contain_text("Put aside for you: 10 minutes left")
    chair.watched.look("times-tokyo")
    page.reload()
    # What was put aside and the zone outlive a reload.
    expect(page.get_by_text("in the zone you chose: Tokyo")).to_be_visible()
    expect(chair.choice).to_contain_text("Put aside for you")
    chair.choice.get_by_role("button").focus()
    page.keyboard.press("Enter")
    chair.heading(YOURS)
    expect(page.get_by_text("This device is set to London time")).to_be_visible()
    chair.watched.look("times-booked-tokyo")


def test_no_free_time_is_said_kindly_and_an_interrupted_line_too(
    office: Office, tabs: Tabs
) -> None:
    job_id = job(office, "Engineer without interviewers")
    pool(office, job_id, [])
    chair = Chair(tabs.person())
    email = "lotte.brand@example.org"
    application = office.person(job_id, "Lotte Brand", email)
    chair.open_link(invited(office, application, email, "human"))
    chair.watched.look("times-invitation-person")
    chair.press("Choose a time", exact=True)
    expect(chair.page.get_by_text("No time is free at the moment.")).to_be_visible()
    expect(chair.page.get_by_role("link", name="Write to Demo recruiter")).to_be_visible()
    chair.watched.look("times-none")
    slots = "**/api/candidate/slots*"
    with chair.watched.expecting(503):
        chair.page.route(slots, lambda route: route.fulfill(status=503))
        chair.press("Back to the invitation")
        chair.press("Choose a time", exact=True)
        expect(chair.page.get_by_text("The line to our side is interrupted")).to_be_visible()
        chair.watched.look("times-away")
    chair.page.unroute(slots)
    chair.press("Look again")
    expect(chair.page.get_by_text("No time is free at the moment.")).to_be_visible()


def find_zone(chair: Chair, typed: str) -> None:
    """Find a zone by keyboard and show the times there."""
    chair.page.get_by_role("button", name="Change zone").focus()
    chair.page.keyboard.press("Enter")
    expect(chair.page.get_by_role("combobox", name="City or country")).to_be_focused()
    chair.page.keyboard.type(typed)
    chair.watched.look("times-zones")
    chair.page.keyboard.press("Enter")
