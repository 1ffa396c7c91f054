"""A candidate alone with the product: links, a person instead, a second tab, no microphone."""

import re
import sqlite3

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.browser.seat import Seat
from tests.support.product import Product

TITLE = "Engineer for candidates"
ANSWER = "I read the query plan first, because a guess would have cost us a day."


@pytest.fixture(scope="module")
def job(office: Office) -> str:
    return office.job(TITLE, questions=4)


def test_a_used_link_an_expired_link_and_an_altered_link_say_what_they_are(
    product: Product, tabs: Tabs, office: Office, job: str
) -> None:
    used = office.link(job, "Mara Lind", "mara.lind@example.org")
    Seat(tabs.person()).open_link(used)
    seat = Seat(tabs.person())
    with seat.watched.expecting(401, 404, 410):
        seat.page.goto(used)
        seat.press("Continue")
        seat.heading("This link was used already")
        seat.watched.look("link-used")
        seat.page.goto("about:blank")
        seat.page.goto(f"{used[:-4]}AAAA")
        seat.press("Continue")
        seat.heading("This link is not complete")
        seat.watched.look("link-altered")
        expired = office.link(job, "Pavel Ordo", "pavel.ordo@example.org")
        let_links_expire(product)
        seat.page.goto("about:blank")
        seat.page.goto(expired)
        seat.press("Continue")
        seat.heading("This link is no longer valid")
        seat.watched.look("link-expired")


def let_links_expire(product: Product) -> None:
    """Set the end of every unused link to a day that is over."""
    with sqlite3.connect(product.state_dir / "interloop.db", timeout=10) as database:
        database.execute("UPDATE candidate_link SET expires_at = '2020-01-01 00:00:00.000000'")


def test_a_page_without_a_link_asks_for_the_one_in_the_mail(product: Product, tabs: Tabs) -> None:
    seat = Seat(tabs.person())
    with seat.watched.expecting(401):
        seat.page.goto(f"{product.app}/c/")
        expect(seat.page.get_by_role("heading", level=1)).to_be_visible()
        expect(seat.page.get_by_text(re.compile("link")).first).to_be_visible()
    seat.watched.look("candidate-signed-out")


def test_who_asks_for_a_person_gets_one_and_nobody_is_told_why(
    product: Product, tabs: Tabs, office: Office, job: str
) -> None:
    name = "Sana Okoro"
    seat = Seat(tabs.person(theme="dark"))
    seat.open_link(office.link(job, name, "sana.okoro@example.org"))
    seat.watched.look("invitation")
    seat.press("I would rather speak to a person")
    seat.press("Yes, I want to speak to a person")
    seat.heading("A person will arrange your interview")
    seat.watched.look("person")
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open("/tasks")
    row = desk.page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("Hold an interview in person")
    desk.watched.look("tasks")
    row.get_by_role("link", name=name).click()
    expect(desk.page.get_by_text("can hold the interview in person")).to_be_visible()
    desk.tab("Interviews")
    expect(desk.page.get_by_text("This round is held in person")).to_be_visible()


def test_the_newest_tab_has_the_interview_and_the_older_one_says_so(
    tabs: Tabs, office: Office, job: str
) -> None:
    first = Seat(tabs.person())
    first.open_link(office.link(job, "Tomas Berg", "tomas.berg@example.org"))
    first.agree()
    first.go_in(typing=True)
    first.wait_for_turn(1)
    second = Seat(tabs.beside(first.page.context))
    second.page.goto(first.page.url)
    first.heading("Your interview goes on in another tab")
    first.watched.look("room-replaced")
    second.wait_for_turn(1)
    first.press("Go on here")
    second.heading("Your interview goes on in another tab")
    first.wait_for_turn(1)


def test_without_a_microphone_the_interview_goes_on_in_writing(
    tabs: Tabs, office: Office, job: str
) -> None:
    seat = Seat(tabs.person(microphone=False))
    seat.open_link(office.link(job, "Lea Moreau", "lea.moreau@example.org"))
    seat.agree()
    expect(seat.page.get_by_text("Blocked").first).to_be_visible()
    seat.watched.look("device-check-blocked")
    seat.go_in(typing=True)
    seat.wait_for_turn(1)
    seat.watched.look("room-typing")
    seat.type_until_the_end(ANSWER)
    seat.heading(re.compile("Thank you"))
    seat.watched.look("after-typed")


def test_a_reload_in_the_middle_of_an_answer_keeps_the_question_and_the_words(
    tabs: Tabs, office: Office, job: str
) -> None:
    seat = Seat(tabs.person())
    seat.open_link(office.link(job, "Ravi Sen", "ravi.sen@example.org"))
    seat.agree()
    seat.go_in(typing=True)
    seat.wait_for_turn(1)
    asked = seat.page.get_by_role("heading", level=1).inner_text()
    seat.answer_box.fill(ANSWER)
    seat.page.reload()
    seat.wait_for_turn(1)
    expect(seat.page.get_by_role("heading", level=1)).to_have_text(asked)
    expect(seat.answer_box).to_have_value(ANSWER)
    captions = seat.page.get_by_role("region", name="Captions")
    expect(captions.get_by_text(re.compile("Hello, I am"))).to_have_count(1)
