"""An admin joins another system: a key, a webhook, a test, the log."""

import re

import httpx2
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import eventually
from tests.support.product import Product


def test_a_key_and_a_webhook_from_first_click_to_delivered(product: Product, tabs: Tabs) -> None:
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("admin"))
    desk.page.get_by_role("link", name="Integrations").click()
    desk.heading("Integrations")
    expect(desk.page.get_by_text("No keys yet")).to_be_visible()
    desk.watched.look("integrations-empty")
    key = make_key(desk)
    assert jobs_by(key, product) == 200
    desk.page.reload()
    expect(desk.page.get_by_text("Never")).to_have_count(0)
    assert key not in desk.page.content()
    add_webhook(desk, product.inbox)
    read_log(desk)
    desk.tab("API keys")
    desk.press("Revoke Careers site")
    desk.dialog("Revoke the key for Careers site").get_by_role("button", name="Revoke").click()
    expect(desk.page.get_by_text("Revoked", exact=True)).to_be_visible()
    assert jobs_by(key, product) == 401


def jobs_by(key: str, product: Product) -> int:
    """The status that a system with this key gets."""
    headers = {"authorization": f"Bearer {key}"}
    return httpx2.get(f"{product.app}/v1/jobs", headers=headers).status_code


def make_key(desk: Desk) -> str:
    """Make a key and copy it; return its text."""
    page = desk.page
    desk.press("New key")
    dialog = desk.dialog("New API key")
    dialog.get_by_label("Which system is it for").fill("Careers site")
    dialog.get_by_label("See the jobs").check()
    desk.watched.look("integrations-new-key")
    dialog.get_by_role("button", name="Make the key").click()
    key = desk.dialog("The key for Careers site").get_by_label("Key").input_value()
    assert re.fullmatch(r"il_test_[0-9a-f]{16}_[0-9a-f]{64}", key)
    desk.press("Copy")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    desk.watched.look("integrations-key-once")
    desk.press("I have kept it")
    return key


def add_webhook(desk: Desk, inbox: str) -> None:
    """Be refused an address inside, add the sandbox's, and see a test arrive there."""
    page = desk.page
    desk.tab("Webhooks")
    expect(page.get_by_text("No webhooks yet")).to_be_visible()
    desk.press("Add a webhook")
    dialog = desk.dialog("Add a webhook")
    dialog.get_by_label("Address").fill("http://169.254.169.254/latest")
    with desk.watched.expecting(422):
        dialog.get_by_role("button", name="Add", exact=True).click()
        expect(dialog.get_by_text("Webhooks go to https addresses only")).to_be_visible()
    desk.watched.look("integrations-webhook-refused")
    dialog.get_by_label("Address").fill(f"{inbox}/hooks/careers")
    dialog.get_by_role("button", name="Add", exact=True).click()
    secret = desk.dialog("The signing secret").get_by_label("Secret").input_value()
    httpx2.post(f"{inbox}/control/hooks/secrets", json={"secrets": [secret]})
    desk.press("I have kept it")
    desk.press("Send a test")

    def came() -> bool | None:
        received = httpx2.get(f"{inbox}/api/hooks").json()
        return True if [one for one in received if one["type"] == "webhook.test"] else None

    assert eventually(came, "the test at the other system")
    expect(page.get_by_text("none yet")).to_have_count(0)
    desk.watched.look("integrations-webhook")


def read_log(desk: Desk) -> None:
    """See the test in the log and send it again."""
    page = desk.page
    desk.press("Show log")
    expect(page.get_by_text("Delivered")).to_be_visible()
    desk.watched.look("integrations-log")
    desk.press("Open webhook.test")
    dialog = desk.dialog("webhook.test")
    expect(dialog.get_by_text("204")).to_be_visible()
    desk.watched.look("integrations-delivery")
    dialog.get_by_role("button", name="Send again").click()
    expect(dialog.get_by_text("204")).to_have_count(2)
    page.keyboard.press("Escape")


def test_the_page_is_for_admins_and_stands_in_the_dark(product: Product, tabs: Tabs) -> None:
    desk = Desk(tabs.person(theme="dark"), product.app)
    desk.sign_in(product.person("admin"))
    desk.open("/integrations?part=webhooks")
    desk.heading("Integrations")
    desk.watched.look("integrations-webhooks")
    other = Desk(tabs.person(), product.app)
    other.sign_in(product.person("recruiter"))
    expect(other.page.get_by_role("link", name="Integrations")).to_have_count(0)
