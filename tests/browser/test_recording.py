"""A recording on the screens of staff: heard while it is made, played when it is whole, taken."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.browser.seat import Seat
from tests.support.product import Product

NAME, EMAIL = "Noor Halden", "noor.halden@example.org"
ANSWER = "I measured it first, because a guess would have cost us a day."
HEARD = (
    "(s) => { const media = document.querySelector('audio, video');"
    " return media.currentTime > s && !media.paused; }"
)


@pytest.mark.timeout(240)
def test_staff_listen_while_it_is_recorded_and_take_the_file_afterwards(
    product: Product, tabs: Tabs, office: Office
) -> None:
    job = office.job("Engineer on the record", questions=1)
    seat = Seat(tabs.person())
    seat.open_link(office.link(job, NAME, EMAIL))
    seat.agree()
    seat.go_in()
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open(f"/jobs/{job}")
    desk.page.get_by_role("link", name=NAME).first.click()
    desk.tab("Interviews")
    listen_to_what_is_being_said(desk)
    seat.wait_for_turn(1)
    seat.press("Type instead")
    seat.type_until_the_end(ANSWER)
    play_the_whole_recording(desk)
    take_it_away(desk, product.app)


def listen_to_what_is_being_said(desk: Desk) -> None:
    page = desk.page
    expect(page.get_by_text("They are in the interview now")).to_be_visible()
    page.get_by_role("button", name="Listen to now").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    page.wait_for_function(HEARD, arg=1)
    desk.press("Back 10 seconds")
    page.wait_for_function(HEARD, arg=1)
    desk.watched.look("interview-live")


def play_the_whole_recording(desk: Desk) -> None:
    page = desk.page
    expect(page.get_by_text("Live", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^Speed"))).to_be_enabled()
    turns = page.get_by_role("region", name="Transcript").get_by_role("listitem")
    turn = turns.filter(has_text=NAME.split(maxsplit=1)[0]).first
    turn.get_by_role("button", name=re.compile("Play from")).click()
    page.wait_for_function(HEARD, arg=1)
    desk.press("Pause", exact=True)


def take_it_away(desk: Desk, app: str) -> None:
    page = desk.page
    page.get_by_role("button", name="Download").click()
    page.get_by_role("menuitem", name="For any player (MP4)").click()
    link = page.get_by_role("list", name="Downloads").get_by_role("link")
    expect(link).to_be_visible()
    desk.watched.look("interview-download")
    url = link.get_attribute("href")
    assert url
    fetched = page.request.get(f"{app}{url}")
    assert fetched.ok
    assert fetched.body()[4:8] == b"ftyp"
