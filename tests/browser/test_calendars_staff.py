"""A calendar on the screens: connected, shut out, connected again; and its health for an admin."""

import httpx2
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.support.product import Product


def test_a_calendar_is_connected_shut_out_connected_again_and_disconnected(
    product: Product, tabs: Tabs
) -> None:
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("hiring_manager"))
    desk.open("/schedule?part=calendar")
    page = desk.page
    desk.press("Connect Google", exact=True)
    dialog = desk.dialog("Connect Google Calendar")
    dialog.get_by_label("Key file").fill("{}")
    with desk.watched.expecting(422):
        dialog.get_by_role("button", name="Connect", exact=True).click()
        expect(dialog.get_by_text("not the JSON file of a service account")).to_be_visible()
    desk.watched.look("calendar-refused")
    page.keyboard.press("Escape")
    desk.press("Connect the sandbox's Google")
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    desk.watched.look("calendar-connected")
    whose = {"subject": product.person("hiring_manager")["email"]}
    httpx2.post(f"{product.inbox}/control/google/revoke", json=whose)
    desk.press("Check now")
    expect(page.get_by_text("Google no longer lets us in")).to_be_visible()
    desk.watched.look("calendar-revoked")
    desk.tab("Meetings")
    expect(page.get_by_text("Your calendar must be connected again")).to_be_visible()
    httpx2.post(f"{product.inbox}/control/google/restore")
    page.get_by_role("link", name="To the calendar").click()
    desk.press("Connect the sandbox again")
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    desk.press("Disconnect")
    desk.dialog("Disconnect your calendar?").get_by_role("button", name="Disconnect").click()
    expect(page.get_by_text("No calendar is connected")).to_be_visible()


def test_an_admin_sees_whose_calendar_needs_somebody(product: Product, tabs: Tabs) -> None:
    desk = Desk(tabs.person(theme="dark"), product.app)
    admin = product.person("admin")
    desk.sign_in(admin)
    desk.open("/settings")
    page = desk.page
    calendars = page.get_by_role("region", name="Calendars")
    calendars.get_by_role("link", name="My calendar").click()
    desk.press("Connect the sandbox's Google")
    expect(page.get_by_text("Connected", exact=True)).to_be_visible()
    httpx2.post(f"{product.inbox}/control/google/revoke", json={"subject": admin["email"]})
    desk.press("Check now")
    expect(page.get_by_text("Google no longer lets us in")).to_be_visible()
    desk.open("/settings")
    expect(calendars.get_by_text("1 person must connect again")).to_be_visible()
    expect(calendars.get_by_role("cell", name=admin["name"])).to_be_visible()
    desk.watched.look("settings-calendars")
    httpx2.post(f"{product.inbox}/control/google/restore")
