"""The camera in the room: off at first, recorded only after a yes, and said to be so."""

import sqlite3

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.office import Office, eventually
from tests.browser.seat import Seat
from tests.support.product import Product


@pytest.fixture(scope="module")
def job(office: Office) -> str:
    return office.job("Engineer with a camera", questions=2)


def test_a_picture_is_recorded_while_the_camera_is_on_and_not_longer(
    product: Product, tabs: Tabs, office: Office, job: str
) -> None:
    seat = Seat(tabs.person())
    seat.open_link(office.link(job, "Ines Faro", "ines.faro@example.org"))
    seat.agree(picture=True)
    expect(
        seat.page.get_by_text("If it is on in the room, your picture is recorded")
    ).to_be_visible()
    seat.press("Go in", exact=True)
    seat.press("Turn on the camera")
    told = seat.page.get_by_role("complementary", name="You and your devices")
    expect(told.get_by_text("Your picture is not recorded now.")).to_be_visible()
    seat.press("Start", exact=True)
    # A machine that is held up itself keeps the line for the voice, and takes ten seconds back.
    expect(told.get_by_text("Your picture is recorded.")).to_be_visible(timeout=60_000)
    expect(told.get_by_text("Voice, picture, text")).to_be_visible()
    seat.watched.look("room-camera")
    eventually(lambda: stored(product) or None, "a recorded picture")
    turn_off = told.get_by_role("button", name="Turn off the camera")
    turn_off.focus()
    seat.page.keyboard.press("Enter")
    expect(told.get_by_text("Your picture is recorded.")).to_be_hidden()
    expect(told.get_by_text("Voice and text")).to_be_visible()


def test_without_a_yes_only_oneself_sees_the_picture(tabs: Tabs, office: Office, job: str) -> None:
    seat = Seat(tabs.person())
    seat.open_link(office.link(job, "Otto Brandt", "otto.brandt@example.org"))
    seat.agree()
    expect(seat.page.get_by_text("The picture stays in this browser")).to_be_visible()
    seat.go_in()
    seat.press("Turn on the camera")
    expect(seat.page.get_by_label("Your own picture")).to_be_visible()
    expect(seat.page.get_by_text("Only you see your picture.")).to_be_visible()
    expect(seat.page.get_by_text("Voice and text")).to_be_visible()


def stored(product: Product) -> int:
    """Return how many segments of pictures stand in the database."""
    with sqlite3.connect(product.state_dir / "interloop.db", timeout=10) as database:
        query = "SELECT count(*) FROM segment WHERE source = 'candidate_video'"
        return int(database.execute(query).fetchone()[0])
