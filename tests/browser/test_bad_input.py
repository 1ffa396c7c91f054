"""What goes wrong has words on the screen, and leaves nothing half-done behind it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from interloop.demo.paper import make_pdf
from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import Office, resume
from tests.support import documents
from tests.support.product import Product

MEGABYTE = 1_000_000

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a file that is no PDF": (lambda: b"MZ\x90\x00" * 500, "This is not a document we can read"),
    "an encrypted one": (documents.encrypted_pdf, "The file is locked with a password"),
    "a truncated one": (documents.truncated_pdf, "The file is damaged"),
    "a scan without text": (documents.scan_pdf, "The file is a picture of text"),
    "one without a byte": (lambda: b"", "The file is empty"),
}


@pytest.fixture(scope="module")
def job(office: Office) -> str:
    return office.job("Engineer for bad files")


@pytest.fixture
def desk(product: Product, tabs: Tabs, job: str) -> Desk:
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open(f"/jobs/{job}")
    desk.heading("Engineer for bad files")
    return desk


def test_each_bad_resume_has_its_own_words(desk: Desk, tmp_path: Path) -> None:
    with desk.watched.expecting(413, 422):
        for content, words in REFUSED.values():
            desk.page.reload()
            dialog = desk.drop_resume("resume.pdf", content())
            expect(dialog.get_by_text(words)).to_be_visible()
        desk.watched.look("add-person-refused")
        desk.page.reload()
        expect(desk.page.get_by_text("Nobody here yet")).to_be_visible()
    large = tmp_path / "large.pdf"
    large.write_bytes(bytes(60 * MEGABYTE))
    dialog = desk.choose_resume("large.pdf", large)
    expect(dialog.get_by_text("The file is too large")).to_be_visible()
    expect(dialog.get_by_role("button", name="Add", exact=True)).to_be_disabled()


def test_a_missing_address_is_asked_for_and_then_the_person_can_be_invited(desk: Desk) -> None:
    text = documents.RESUME.replace("dana.whitfield@example.org | ", "")
    dialog = desk.drop_resume("resume.pdf", make_pdf(text))
    dialog.get_by_role("link", name="Open the person").click()
    expect(desk.page.get_by_text("can give an e-mail address next")).to_be_visible()
    desk.watched.look("candidate-no-email")
    desk.press("Correct")
    desk.page.get_by_label("E-mail").fill("found.later@example.org")
    desk.press("Save")
    expect(desk.page.get_by_text("can invite them or decide next")).to_be_visible()


def test_the_same_person_twice_leads_to_the_first_one(desk: Desk, office: Office, job: str) -> None:
    name, email = "Ines Varga", "ines.varga@example.org"
    office.person(job, name, email)
    with desk.watched.expecting(409):
        dialog = desk.drop_resume("again.pdf", resume(name, email))
        expect(dialog.get_by_text("This person is in this job already")).to_be_visible()
    dialog.get_by_role("link", name="Open them").click()
    desk.heading(name)


def test_a_wrong_password_opens_nothing_and_says_so(product: Product, tabs: Tabs) -> None:
    watched = tabs.person()
    watched.page.goto(product.app)
    watched.page.get_by_label("E-mail").fill(product.person("auditor")["email"])
    watched.page.get_by_label("Password").fill("not the password")
    with watched.expecting(401):
        watched.page.get_by_role("button", name="Sign in").click()
        refusal = watched.page.get_by_text("do not fit together")
        expect(refusal).to_be_visible()
    watched.look("sign-in-refused")
    expect(watched.page.get_by_role("heading", level=1)).to_have_text("Sign in to Interloop")


def test_empty_lists_say_what_will_stand_there(product: Product, tabs: Tabs) -> None:
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("interviewer"))
    expect(desk.page.get_by_text("No jobs yet")).to_be_visible()
    desk.watched.look("jobs-none")
    desk.open("/queue")
    expect(desk.page.get_by_text("Nothing waits for you")).to_be_visible()
    desk.watched.look("queue-empty")
    with desk.watched.expecting(403):
        desk.open("/tasks")
        expect(desk.page.get_by_text("not open to you")).to_be_visible()
    desk.watched.look("tasks-closed")
