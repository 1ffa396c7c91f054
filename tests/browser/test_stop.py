"""HR operations stop all interviews in the middle of one, and let them be held again."""

import re
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.browser.seat import Seat
from tests.support.product import Product, running_product

REASON = "A question of the new plan must not be asked."


@pytest.fixture
def own_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own: nobody else is to be stopped."""
    with running_product(tmp_path_factory.mktemp("stopped")) as running:
        yield running


def test_all_interviews_are_stopped_kindly_and_held_again(own_product: Product, tabs: Tabs) -> None:
    with Office.open(own_product) as office:
        job = office.job("Engineer to be stopped")
        link = office.link(job, "Ottilie Marwood", "ottilie.marwood@example.org")
        other = office.link(job, "Benedikt Solano", "benedikt.solano@example.org")
    seat, second = Seat(tabs.person()), Seat(tabs.person())
    second.open_link(other)
    seat.open_link(link)
    seat.agree()
    seat.go_in(typing=True)
    seat.wait_for_turn(1)
    seat.answer_box.fill("I began with the slow")

    desk = Desk(tabs.person(), own_product.app)
    stop(desk, own_product.person("hr_ops"))

    seat.heading("A person will arrange your interview")
    seat.watched.look("stopped-person")
    second.page.reload()
    second.heading(re.compile("are paused"))
    second.watched.look("stopped-invitation")

    go_on(desk)
    second.heading(re.compile("invites you to an interview"))


def go_on(desk: Desk) -> None:
    desk.open("/jobs")
    line = desk.page.get_by_role("region", name="Stop switch is on")
    expect(line).to_be_visible()
    line.get_by_role("link").click()
    desk.press("Let interviews be held again")
    expect(line).to_be_hidden()


def stop(desk: Desk, person: Mapping[str, str]) -> None:
    desk.sign_in(person)
    desk.page.get_by_role("link", name="Settings").click()
    desk.heading("Settings")
    expect(desk.page.get_by_text("One candidate is in a call now.")).to_be_visible()
    desk.watched.look("settings")
    desk.press("Stop all interviews", exact=True)
    dialog = desk.dialog("Stop all interviews")
    button = dialog.get_by_role("button", name=re.compile("^Stop all interviews at"))
    dialog.get_by_label("Reason").fill(REASON)
    expect(button).to_be_disabled()
    field = dialog.get_by_label(re.compile("to confirm$"))
    field.fill((button.text_content() or "").removeprefix("Stop all interviews at "))
    button.click()
    expect(dialog).to_be_hidden()
    expect(desk.page.get_by_text(REASON)).to_be_visible()
    expect(desk.page.get_by_role("region", name="Stop switch is on")).to_be_visible()
    desk.watched.look("stopped")
