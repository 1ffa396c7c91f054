"""Staff and times: a job's rules, an interviewer's hours, and an appointment from its page."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chair import rules
from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import Office, mails_from
from tests.support.product import Product

LONDON = ZoneInfo("Europe/London")  # where the browser stands
EVERY_DAY = [{"weekday": day, "start": "06:00", "end": "00:00"} for day in range(7)]


@pytest.fixture(scope="module")
def interviewer(product: Product) -> Iterator[Office]:
    """The demo interviewer, at the API."""
    with Office.open(product, "interviewer") as opened:
        yield opened


def invited(office: Office, job: str, name: str, *, kind: str) -> str:
    """Add somebody who lives in Japan and invite them; return the application."""
    application = office.person(job, name, f"{name.split(maxsplit=1)[0].lower()}@post.example")
    place = {"country": "JP", "region": ""}
    office.ask("PUT", f"/api/applications/{application}/contact", json={"place": place})
    door = f"/api/applications/{application}/invitation"
    message = office.ask("POST", f"{door}/preview", params={"kind": kind})["message_id"]
    office.ask("POST", door, json={"message_id": message, "kind": kind})
    return application


def choose(dialog: Locator, number: int) -> str:
    """Choose this free time of the next day; return what stands on the button to confirm it."""
    dialog.get_by_role("button", name="Next day").click()
    dialog.get_by_role("listitem").nth(number).get_by_role("button").click()
    confirm = dialog.get_by_role("button", name=re.compile("^(Book|Move to) "))
    words = confirm.inner_text()
    confirm.click()
    return words.removeprefix("Book ").removeprefix("Move to ")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_rules_of_a_job_are_usable_in_light_and_dark(
    product: Product, tabs: Tabs, office: Office, theme: str
) -> None:
    # Whatever hours an interviewer said in another test: nobody here is one.
    job = office.job(f"Engineer by rules in the {theme}", members=("hiring_manager",))
    desk = Desk(tabs.person(theme=theme), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open(f"/jobs/{job}/scheduling")
    expect(desk.page.get_by_text("Nobody can be booked yet")).to_be_visible()
    desk.page.get_by_label("Length of a meeting", exact=True).fill("0")
    expect(desk.page.get_by_text("at least 1 minute")).to_be_visible()
    desk.watched.look("scheduling")


def test_a_job_is_set_to_let_candidates_choose_and_says_what_does_not_fit(
    product: Product, tabs: Tabs, office: Office
) -> None:
    job = office.job("Engineer by rules")
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open(f"/jobs/{job}")
    desk.page.get_by_role("link", name="Scheduling").click()
    desk.heading("Scheduling")
    page = desk.page
    page.get_by_label("The candidate chooses a time").check()
    page.get_by_label("Notice", exact=True).fill("30")
    page.get_by_label("Notice: unit").select_option("d")
    expect(page.get_by_text("At most 14 days.")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.get_by_label("Notice", exact=True).fill("2")
    page.get_by_label("A second reviewer").check()
    page.get_by_label("Before a chosen time, reminder 2", exact=True).fill("3")
    desk.press("Save")
    expect(page.get_by_text("Times are offered by these rules from now on")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    policy = office.ask("GET", f"/api/jobs/{job}/policy")["policy"]
    assert (policy["way"], policy["notice"], policy["second_reviewer"]) == ("slots", 172800, True)
    assert policy["reminders"] == [86400, 10800]
    assert policy["nudges"] == pytest.approx([1 / 3, 2 / 3])


def test_somebody_is_added_to_the_job_and_becomes_its_interviewer(
    product: Product, tabs: Tabs, office: Office
) -> None:
    job = office.job("Engineer by a pool")
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open(f"/jobs/{job}/scheduling")
    page = desk.page
    name = product.person("hiring_manager")["name"]
    page.get_by_label("Somebody else of the organisation").select_option(f"{name}, hiring manager")
    desk.press("Add", exact=True)
    expect(page.get_by_text(f"{name} works on this job now")).to_be_visible()
    page.get_by_role("checkbox", name=name).click()
    expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    pool = office.ask("GET", f"/api/jobs/{job}/interviewers")
    assert [each["user"]["name"] for each in pool if each["interviews"]] == [name]


def open_hours(desk: Desk, product: Product) -> None:
    """Sign in as the interviewer and stand before office hours that are not saved."""
    desk.sign_in(product.person("interviewer"))
    desk.page.get_by_role("link", name="Schedule").click()
    desk.heading("Schedule")
    desk.tab("Hours")
    expect(desk.page.get_by_role("region", name="Weekly hours")).to_be_visible()
    if desk.page.get_by_role("button", name="Clear").is_visible():  # another test said hours
        desk.press("Clear")
    desk.press("Monday to Friday, 9 to 5")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_interviewer_sees_what_their_hours_offer_and_which_overlap(
    product: Product, tabs: Tabs, office: Office, theme: str
) -> None:
    title = f"Engineer by hours in the {theme}"
    office.job(title, members=("interviewer",))
    desk = Desk(tabs.person(theme=theme), product.app)
    open_hours(desk, product)
    page = desk.page
    offers = page.get_by_role("region", name="What this offers")
    expect(offers.get_by_role("heading", name=title)).to_be_visible()
    expect(offers.get_by_text("09:00 · 09:30").first).to_be_visible()
    desk.press("Add hours on Monday")
    page.get_by_label("Monday, stretch 2: from").fill("16:30")
    expect(page.get_by_text("They overlap with 09:00 to 17:00.")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    desk.watched.look("hours")


def test_hours_and_days_off_are_there_again_after_they_were_saved(
    product: Product, tabs: Tabs
) -> None:
    desk = Desk(tabs.person(), product.app)
    open_hours(desk, product)
    page = desk.page
    page.get_by_label("First day").fill("2027-12-24")
    page.get_by_label("Last day").fill("2027-12-27")
    desk.press("Add days off")
    page.get_by_label("Monday: from").fill("09:30")
    desk.press("Save")
    expect(page.get_by_text("What is booked already stays as it is.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Monday: from")).to_have_value("09:30")
    expect(page.get_by_label("Friday: to")).to_have_value("17:00")
    desk.press(re.compile("^Remove 24 Dec"))
    desk.press("Save")
    expect(page.get_by_text("What is booked already stays as it is.")).to_be_visible()


def test_an_appointment_is_booked_moved_and_cancelled_on_the_candidates_page(
    product: Product, tabs: Tabs, office: Office
) -> None:
    job = office.job("Engineer by appointment")
    rules(office, job, way="slots")
    application = invited(office, job, "Tomo Sample", kind="ai")
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open(f"/applications/{application}")
    panel = desk.page.get_by_role("region", name="Appointment")
    expect(panel.get_by_text("No time yet")).to_be_visible()
    desk.press("Book a time")
    dialog = desk.dialog("Book a time for Tomo Sample")
    expect(dialog.get_by_text("Tomo Sample's (Tokyo, GMT+9) below")).to_be_visible()
    desk.watched.look("appointment-book")
    first = choose(dialog, 2)
    expect(panel.get_by_text(first)).to_be_visible()
    expect(panel.get_by_text(re.compile("For Tomo Sample: .*Tokyo, GMT.9"))).to_be_visible()
    office.until(application, next_step="attend")
    desk.watched.look("appointment-booked")
    panel.get_by_role("button", name="Move").click()
    second = choose(desk.dialog("Move the time of Tomo Sample"), 4)
    assert second != first
    expect(panel.get_by_text(second)).to_be_visible()
    expect(panel.get_by_text("Moved before")).to_be_visible()
    panel.get_by_role("button", name="Cancel the time").click()
    asked = desk.dialog("Cancel this time?")
    desk.watched.look("appointment-cancel")
    asked.get_by_role("button", name="Cancel the time").click()
    expect(panel.get_by_text("1 earlier time")).to_be_visible()
    office.until(application, next_step="choose_time")


def test_whoever_is_a_moment_late_is_told_and_sees_what_is_left(
    product: Product, tabs: Tabs, office: Office, interviewer: Office
) -> None:
    interviewer.ask("PUT", "/api/me/hours", json={"zone": "Europe/London", "rules": EVERY_DAY})
    job = office.job("Engineer by a race", members=("interviewer",))
    late = invited(office, job, "Lara Sample", kind="human")
    quick = invited(office, job, "Quinn Sample", kind="human")
    desk = Desk(tabs.person(theme="dark"), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open(f"/applications/{late}")
    desk.press("Book a time")
    dialog = desk.dialog("Book a time for Lara Sample")
    dialog.get_by_role("button", name="Next day").click()
    wanted = dialog.get_by_role("listitem").nth(3).get_by_role("button")
    wanted.click()
    slots = office.ask("GET", f"/api/applications/{quick}/slots")["slots"]
    clock = wanted.inner_text().splitlines()[0]
    day = datetime.fromisoformat(slots[0]["starts_at"]).astimezone(LONDON) + timedelta(days=1)
    hours, minutes = clock.split(":")
    taken = day.replace(hour=int(hours), minute=int(minutes)).isoformat()
    with desk.watched.expecting(409):
        office.ask("POST", f"/api/applications/{quick}/appointments", json={"starts_at": taken})
        dialog.get_by_role("button", name=re.compile("^Book ")).click()
        expect(dialog.get_by_text("somebody was faster")).to_be_visible()
    expect(dialog.get_by_role("button", name=re.compile(f"^{clock}"))).to_have_count(0)
    desk.watched.look("appointment-taken")


def test_who_met_the_candidate_says_so_and_is_led_to_the_scorecard(
    product: Product, tabs: Tabs, office: Office, interviewer: Office
) -> None:
    interviewer.ask("PUT", "/api/me/hours", json={"zone": "Europe/London", "rules": EVERY_DAY})
    job = office.job("Engineer by a meeting", members=("interviewer",))
    application = invited(office, job, "Mika Sample", kind="human")
    me = interviewer.ask("GET", "/api/me")["id"]
    soon = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    place = f"/api/applications/{application}/appointments"
    office.ask("POST", place, json={"starts_at": soon, "interviewer_id": me})
    office.until(application, next_step="meeting")
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("interviewer"))
    desk.page.get_by_role("link", name="Schedule").click()
    expect(desk.page.get_by_role("link", name="Say how it went").first).to_be_visible()
    desk.watched.look("meetings")
    desk.page.get_by_role("link", name="Mika Sample").click()
    panel = desk.page.get_by_role("region", name="Appointment")
    expect(panel.get_by_text("How did the meeting go?")).to_be_visible()
    desk.watched.look("appointment-meeting")
    desk.press("It took place")
    expect(panel.get_by_text("The scorecard is to be filled in")).to_be_visible()
    panel.get_by_role("link", name="To the scorecard").click()
    expect(desk.page.get_by_role("tab", name="Scorecard", selected=True)).to_be_visible()
    expect(panel.get_by_text("Took place")).to_be_visible()


def test_an_interviewer_who_cannot_come_leaves_the_choice_to_the_candidate(
    product: Product, tabs: Tabs, office: Office, interviewer: Office
) -> None:
    interviewer.ask("PUT", "/api/me/hours", json={"zone": "Europe/London", "rules": EVERY_DAY})
    job = office.job("Engineer by another", members=("interviewer",))
    application = invited(office, job, "Nils Sample", kind="human")
    place = f"/api/applications/{application}"
    last = office.ask("GET", f"{place}/slots")["slots"][-1]["starts_at"]
    office.ask("POST", f"{place}/appointments", json={"starts_at": last})
    office.until(application, next_step="attend")
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open(f"/applications/{application}")
    desk.press("Interviewer cannot come")
    name = product.person("interviewer")["name"]
    dialog = desk.dialog(f"{name} cannot come")
    desk.watched.look("appointment-another")
    dialog.get_by_role("button", name="Find another time").click()
    expect(desk.page.get_by_text("is asked by mail to choose another time")).to_be_visible()
    office.until(application, next_step="choose_time")
    expect(desk.page.get_by_text("No time yet")).to_be_visible()


def test_somebody_is_invited_to_speak_with_a_person(
    product: Product, tabs: Tabs, office: Office
) -> None:
    job = office.job("Engineer by a person")
    application = office.person(job, "Pia Sample", "pia@post.example")
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open(f"/applications/{application}")
    desk.press(re.compile("^Invite"))
    dialog = desk.dialog("Invite Pia Sample")
    dialog.get_by_role("button", name="A person").click()
    mail = dialog.frame_locator("iframe")
    expect(mail.get_by_text("A person of our team would like to speak with you")).to_be_visible()
    desk.watched.look("invite-to-person")
    dialog.get_by_role("button", name="Send the invitation").click()
    expect(desk.page.get_by_text("No time yet")).to_be_visible()
    office.until(application, next_step="choose_time")
    [sent] = mails_from(product.inbox, "pia@post.example", 1)
    assert "AI" not in sent["text"].split(), "as a word: the link may hold these letters"
