"""One whole journey with PostgreSQL underneath, typed and decided with the keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.browser.seat import Seat
from tests.support.databases import Databases
from tests.support.product import Product, running_product

NAME, EMAIL = "Noor Castell", "noor.castell@example.org"
ANSWER = "I measured the PostgreSQL queries first, then wrote down what I changed and why."
MOST_STOPS = 90


@pytest.fixture
def on_postgres(
    tmp_path_factory: pytest.TempPathFactory, databases: Databases
) -> Iterator[Product]:
    """The whole product with its data and its keys in PostgreSQL."""
    folder = tmp_path_factory.mktemp("on-postgres")
    with databases.copy("postgres") as urls, running_product(folder, urls.env()) as running:
        yield running


def test_on_postgres_a_typed_interview_is_decided_by_keyboard(
    on_postgres: Product, tabs: Tabs
) -> None:
    with Office.open(on_postgres) as office:
        job = office.job("Engineer on PostgreSQL", questions=4, members=("hiring_manager",))
        link = office.link(job, NAME, EMAIL)
    seat = Seat(tabs.person())
    seat.open_link(link)
    seat.agree()
    seat.go_in(typing=True)
    seat.wait_for_turn(1)
    seat.type_until_the_end(ANSWER)
    seat.heading(re.compile("Thank you"))

    desk = Desk(tabs.person(), on_postgres.app)
    desk.sign_in(on_postgres.person("hiring_manager"))
    review_by_keyboard(desk)
    decide_by_keyboard(desk)


def review_by_keyboard(desk: Desk) -> None:
    page = desk.page
    tab_to(desk, page.get_by_role("link", name=re.compile("^Review queue")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text=NAME)).to_be_visible()
    desk.watched.look("queue")
    tab_to(desk, page.get_by_role("link", name=NAME))
    page.keyboard.press("Enter")
    desk.heading(NAME)
    card = page.get_by_role("region", name="Your scorecard")
    articles = card.get_by_role("article")
    expect(articles.first).to_be_visible()
    total = articles.count()
    for number in range(total):
        if number:
            tab_to(desk, articles.nth(number).get_by_role("button").first)
            page.keyboard.press("Enter")
        page.keyboard.press("4")
        expect(card.get_by_text(f"{number + 1} of {total} marked")).to_be_visible()
    tab_to(desk, card.get_by_role("button", name="Submit scorecard"))
    page.keyboard.press("Enter")
    expect(card.get_by_text(re.compile("^Submitted"))).to_be_visible()


def decide_by_keyboard(desk: Desk) -> None:
    page = desk.page
    page.keyboard.press("m")
    dialog = desk.dialog(f"Decide about {NAME}")
    tab_to(desk, dialog.get_by_role("radio").first)
    page.keyboard.press("Space")
    expect(dialog.get_by_role("radio", name=re.compile("^Advance"))).to_be_checked()
    tab_to(desk, dialog.get_by_label("Reason"))
    page.keyboard.type("Clear steps, each with its result.")
    send = dialog.get_by_role("button", name=f"Advance {NAME}")
    expect(send).to_be_enabled()
    tab_to(desk, send)
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(f"{NAME} advanced").first).to_be_visible()


def tab_to(desk: Desk, wanted: Locator) -> None:
    """Press Tab until the focus is there; fail when it never comes there."""
    for _ in range(MOST_STOPS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        desk.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted}")
