"""Staff and times: a job's rules, an interviewer's hours, and an appointment from its page."""

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
    expect(page.get_by_text("It counts for people who are added from now on")).to_be_visible()
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
