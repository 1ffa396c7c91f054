"""Staff and times: a job's rules, an interviewer's hours, and an appointment from its page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.support.product import Product


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_rules_of_a_job_are_usable_in_light_and_dark(
    product: Product, tabs: Tabs, office: Office, theme: str
) -> None:
    job = office.job(f"Engineer by rules in the {theme}", members=("interviewer",))
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
