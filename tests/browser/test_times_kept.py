"""What becomes of a time: it runs out, it comes, it is missed, it is the last one to be moved."""

import sqlite3
from datetime import datetime, timedelta

from playwright.sync_api import Route, expect

from tests.browser.chair import INVITES, YOURS, Chair, invited, job, meet
from tests.browser.conftest import Tabs
from tests.browser.office import Office
from tests.support.product import Product

AHEAD = "/api/appointments?until=2100-01-01T00:00:00Z"
OPEN_S = 12
"""How long an invitation is open that is to run out."""


def rewrite(product: Product, office: Office, job_id: str, change: str) -> None:
    """Change the one appointment of the job, where a test cannot wait for it."""
    [row] = [one for one in office.ask("GET", AHEAD) if one["job"]["id"] == job_id]
    statement = f"UPDATE appointment SET {change} WHERE replace(id, '-', '') = ?"
    with sqlite3.connect(product.state_dir / "interloop.db", timeout=10) as database:
        assert database.execute(statement, (row["id"].replace("-", ""),)).rowcount == 1


def test_a_time_that_was_put_aside_for_too_long_is_taken_all_the_same_while_it_is_free(
    product: Product, office: Office, tabs: Tabs
) -> None:
    job_id = job(office, "Engineer who takes their time", way="slots")
    chair = Chair(tabs.person())
    chair.open_link(office.link(job_id, "Runa Holt", "runa.holt@example.org"))
    chair.press("Choose a time", exact=True)
    time = chair.choose(1, 1)
    rewrite(product, office, job_id, "hold_until = '2020-01-01 00:00:00.000000'")
    with chair.watched.expecting(410):
        assert chair.take().endswith(time)


def test_an_answer_that_is_lost_on_the_way_does_not_lose_the_time(
    office: Office, tabs: Tabs
) -> None:
    job_id = job(office, "Engineer on a weak line", way="slots")
    chair = Chair(tabs.person())
    chair.open_link(office.link(job_id, "Greta Nyman", "greta.nyman@example.org"))
    chair.press("Choose a time", exact=True)
    booked = chair.choose(1, 0)
    chair.page.route("**/api/candidate/appointment", answer_is_lost)
    with chair.watched.expecting(503):
        assert chair.take().endswith(booked)
        chair.press("Choose another time")
        moved = chair.choose(2, 1)
        # The one free change is used by what was not heard of: it is not asked for again.
        assert chair.take().endswith(moved)
    expect(chair.page.get_by_text("Your time is moved.")).to_be_visible()


def answer_is_lost(route: Route) -> None:
    """Let the request through, and nothing back."""
    route.fetch()
    route.fulfill(status=503)


def test_an_interview_is_entered_from_a_quarter_before_its_time_and_not_sooner(
    office: Office, tabs: Tabs
) -> None:
    job_id = job(office, "Engineer on time", way="slots")
    chair = Chair(tabs.person())
    page = chair.page
    chair.open_link(office.link(job_id, "Selma Aas", "selma.aas@example.org"))
    chair.press("Choose a time", exact=True)
    chair.choose(1, 0)
    chair.take()
    starts = chair.calendar_file().decoded("dtstart")
    way_in = page.get_by_role("button", name="Go to the interview")
    look_at(chair, starts - timedelta(minutes=16))
    expect(page.get_by_text("The way in opens on this page at")).to_be_visible()
    expect(way_in).to_be_hidden()
    look_at(chair, starts - timedelta(minutes=14))
    expect(way_in).to_be_visible()
    chair.watched.look("times-open")
    way_in.click()
    chair.heading("Before you start")


def look_at(chair: Chair, at: datetime) -> None:
    """Let this device's clock say that it is then, and open the page anew."""
    chair.page.clock.set_fixed_time(at)
    chair.page.reload()
    chair.heading(YOURS)


def test_who_has_no_change_left_is_told_who_helps_before_they_cancel(
    office: Office, tabs: Tabs
) -> None:
    job_id = job(office, "Engineer without changes", way="slots", free_changes=0)
    chair = Chair(tabs.person(theme="dark"))
    chair.open_link(office.link(job_id, "Tarik Bos", "tarik.bos@example.org"))
    chair.press("Choose a time", exact=True)
    chair.choose(1, 0)
    chair.take()
    page = chair.page
    expect(page.get_by_role("button", name="Choose another time")).to_be_hidden()
    expect(page.get_by_text("Demo recruiter can move it for you.")).to_be_visible()
    chair.watched.look("times-no-change")
    chair.press("Cancel this time")
    expect(page.get_by_role("dialog")).to_contain_text("Demo recruiter then has to help you")
    chair.watched.look("times-cancel")
    chair.press("Yes, cancel it")
    chair.heading(INVITES)
    expect(page.get_by_text("For a new time, write to Demo recruiter")).to_be_visible()
    expect(page.get_by_role("button", name="Choose a time")).to_be_hidden()
    chair.watched.look("times-spent")


def test_a_missed_time_is_told_without_blame_and_another_one_is_chosen(
    product: Product, office: Office, tabs: Tabs
) -> None:
    job_id = job(office, "Engineer who could not come", way="slots")
    chair = Chair(tabs.person())
    chair.open_link(office.link(job_id, "Wanda Kurz", "wanda.kurz@example.org"))
    chair.press("Choose a time", exact=True)
    chair.choose(1, 0)
    chair.take()
    rewrite(product, office, job_id, "state = 'missed'")
    chair.page.reload()
    chair.heading(INVITES)
    expect(chair.page.get_by_text("We did not meet at your time")).to_be_visible()
    chair.watched.look("times-missed")
    chair.press("Choose a time", exact=True)
    expect(chair.times.first).to_be_visible()


def test_nobody_is_thanked_for_an_invitation_that_ran_out(office: Office, tabs: Tabs) -> None:
    job_id = job(office, "Engineer for a moment", invitation=OPEN_S)
    email = "vera.lang@example.org"
    application = office.person(job_id, "Vera Lang", email)
    chair = Chair(tabs.person())
    chair.open_link(invited(office, application, email))
    office.until(application, next_step="follow_up_expired")
    chair.page.reload()
    chair.heading("The time for this interview has passed")
    expect(chair.page.get_by_text("Nobody has decided anything because of that")).to_be_visible()
    chair.watched.look("times-expired")


def test_who_asked_for_a_person_takes_a_free_time_at_once(
    product: Product, office: Office, tabs: Tabs
) -> None:
    job_id = job(office, "Engineer who would rather meet a person")
    meet(office, product, job_id)
    email = "yara.sund@example.org"
    application = office.person(job_id, "Yara Sund", email)
    chair = Chair(tabs.person())
    chair.open_link(invited(office, application, email))
    chair.press("I would rather speak to a person")
    chair.press("Yes, I want to speak to a person")
    chair.heading("A person will arrange your interview")
    office.until(application, next_step="meet_person")
    chair.page.reload()
    chair.heading("A person will arrange your interview")
    expect(chair.page.get_by_text("Some times are free already.")).to_be_visible()
    chair.watched.look("times-person")
    chair.press("Choose a time", exact=True)
    chair.choose(2, 0)
    chair.take()
    expect(chair.page.get_by_text("Demo interviewer").first).to_be_visible()
    chair.press("About this interview")
    chair.heading("A person will meet you")
    chair.watched.look("times-person-booked")
    chair.press("See your time")
    chair.heading(YOURS)
