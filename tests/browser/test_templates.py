"""A template on the screen: a word is missing, it is put right, tried, published, and used."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import Office, mails_from
from tests.support.product import Product

WORDS = "An AI interviewer asks the questions.\n\nWelcome {{ candidate_name }}.\n\n{{ link }}\n"
EMAIL = "tess.template@post.example"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_editor_is_usable_in_light_and_dark(product: Product, tabs: Tabs, theme: str) -> None:
    desk = Desk(tabs.person(theme=theme), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open("/templates?mail=rejection&language=de")
    expect(desk.page.get_by_role("heading", name="Rejection, German")).to_be_visible()
    frame = desk.page.frame_locator("iframe")
    expect(frame.get_by_text("Robin Muster").first).to_be_visible()
    desk.watched.look("templates")


def test_a_new_version_is_written_tried_published_and_sent(
    product: Product, tabs: Tabs, office: Office
) -> None:
    recruiter = product.person("recruiter")
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(recruiter)
    desk.open("/templates?mail=invite&language=en")
    page = desk.page
    page.get_by_label("Subject").fill("Come and talk to us")
    page.get_by_label("Words", exact=True).fill("Hello {{ candidate_name }}")
    expect(page.get_by_text("Say in the first lines that an AI interviewer")).to_be_visible()
    expect(page.get_by_role("button", name="Publish v1")).to_be_disabled()
    page.get_by_label("Words", exact=True).fill(WORDS)
    expect(page.frame_locator("iframe").get_by_text("Welcome Robin Sample")).to_be_visible()
    desk.press("Send me a test")
    [test, *_] = mails_from(product.inbox, recruiter["email"], 1)
    assert test["subject"] == "Test: Come and talk to us"
    desk.press("Publish v1")
    expect(page.get_by_text("Version 1 is live")).to_be_visible()
    office.link(office.job("Engineer for templates"), "Tess Template", EMAIL)
    [mail] = mails_from(product.inbox, EMAIL, 1)
    assert mail["subject"] == "Come and talk to us"
    assert "Welcome Tess Template." in mail["text"]


def test_the_organisations_language_is_chosen_and_a_candidates_own_goes_before_it(
    product: Product, tabs: Tabs, office: Office
) -> None:
    job = office.job("Engineer for languages")
    application = office.person(job, "Lena Lingo", "lena@post.example")
    preview = f"/api/applications/{application}/invitation/preview"
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open("/templates")
    page = desk.page
    try:
        page.get_by_label("Candidates are written to in").select_option("German")
        expect(page.get_by_text("Mails written from now on are in German")).to_be_visible()
        assert office.ask("POST", preview)["language"] == "de"
        desk.open(f"/applications/{application}")
        expect(page.get_by_text("As the organisation's")).to_be_visible()
        desk.press("Correct")
        page.get_by_label("Language").select_option("English")
        desk.watched.look("contact-language")
        desk.press("Save")
        expect(page.get_by_role("definition").filter(has_text="English")).to_be_visible()
        assert office.ask("POST", preview)["language"] == "en"
    finally:
        office.ask("PUT", "/api/organization/language", json={"language": "en"})
