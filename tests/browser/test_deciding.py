"""Deciding on the screens: two people, a review that was asked for, and many resumes at once."""

import io
import re
import zipfile

from playwright.sync_api import expect

from tests.browser.chair import rules
from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import Office, mails_from, resume
from tests.browser.watched import Watched
from tests.support import documents
from tests.support.product import Product

NAME, EMAIL = "Mira Holt", "mira.holt@example.org"
REASON = "The job needs more Kubernetes than this."


def at_desk(product: Product, tabs: Tabs, role: str) -> Desk:
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person(role))
    return desk


def test_two_people_reject_and_another_one_looks_again(
    product: Product, tabs: Tabs, office: Office
) -> None:
    person = two_deciders(office)
    recruiter = at_desk(product, tabs, "recruiter")
    manager = at_desk(product, tabs, "hiring_manager")
    decide_at_once(recruiter, manager, person)
    confirm_from_the_queue(manager)
    office.until(person, stage="closed", outcome="rejected")
    candidate = ask_for_a_review(tabs, office)
    read_the_dossier(recruiter, person)
    open_it_again(at_desk(product, tabs, "admin"), person)
    office.until(person, stage="in_review")
    mails_from(office.inbox, EMAIL, 3)
    candidate.page.reload()
    expect(candidate.page.get_by_text("opened it").first).to_be_visible()


def two_deciders(office: Office) -> str:
    """A person in a job that asks for two."""
    job = office.job("Engineer for two deciders", members=("hiring_manager", "admin"))
    rules(office, job, second_reviewer=True)
    return office.person(job, NAME, EMAIL)


def decide_at_once(recruiter: Desk, manager: Desk, person: str) -> None:
    """Both have the dialog open; the later one is told what the other did."""
    for desk in (recruiter, manager):
        desk.open(f"/applications/{person}")
        desk.heading(NAME)
        desk.page.keyboard.press("m")
        desk.dialog(f"Decide about {NAME}").get_by_label("Reason").fill(REASON)
    first, late = (desk.dialog(f"Decide about {NAME}") for desk in (recruiter, manager))
    first.get_by_role("button", name=f"Reject {NAME}").click()
    expect(recruiter.page.get_by_text("You proposed to reject them")).to_be_visible()
    recruiter.watched.look("decision-proposed")
    with manager.watched.expecting(409):
        late.get_by_role("button", name=f"Reject {NAME}").click()
        told = re.compile("proposed to reject them .* Yours was not taken")
        expect(late.get_by_text(told)).to_be_visible()
    manager.watched.look("decision-conflict")


def confirm_from_the_queue(manager: Desk) -> None:
    """By keyboard: find the person in the queue, open them, say what one thinks."""
    manager.open("/queue")
    manager.heading("Review queue")
    expect(manager.page.get_by_text("your second opinion: reject")).to_be_visible()
    manager.watched.look("queue-second-opinion")
    row = manager.page.get_by_role("row", name=re.compile(NAME))
    while row.get_attribute("data-selected") is None:
        manager.page.keyboard.press("j")
    manager.page.keyboard.press("Enter")
    manager.heading(NAME)
    expect(manager.page.get_by_role("button", name="Confirm or object")).to_be_visible()
    expect(manager.page.get_by_text(REASON)).to_have_count(0)
    manager.page.keyboard.press("c")
    opinion = manager.dialog(re.compile(f"would reject {NAME}"))
    opinion.get_by_label("Your reason").fill("I read the resume and agree.")
    manager.watched.look("second-opinion")
    opinion.get_by_role("button", name="Confirm: reject them").click()


def ask_for_a_review(tabs: Tabs, office: Office) -> Watched:
    """Follow the link in the rejection and ask, with a word on what was overlooked."""
    words = mails_from(office.inbox, EMAIL, 1)[0]["text"].split()
    link = next(word for word in words if "/c/" in word)
    candidate = tabs.person()
    with candidate.expecting(410):
        candidate.page.goto(link)
        candidate.page.get_by_role("button", name="Continue").click()
        ask = candidate.page.get_by_role("button", name="Ask for a human review")
        expect(ask).to_be_visible()
    candidate.look("candidate-review-ask")
    candidate.page.get_by_role("textbox").fill("I ran two Kubernetes clusters.")
    ask.click()
    expect(candidate.page.get_by_text("We have your request")).to_be_visible()
    candidate.look("candidate-review-asked")
    return candidate


def read_the_dossier(recruiter: Desk, person: str) -> None:
    """Who decided sees the request and the dossier, and does not answer."""
    recruiter.open(f"/applications/{person}")
    expect(recruiter.page.get_by_text("Whoever decided does not answer it")).to_be_visible()
    recruiter.open(f"/applications/{person}/dossier")
    expect(recruiter.page.get_by_text("unchanged since")).to_be_visible()
    recruiter.watched.look("dossier")


def open_it_again(admin: Desk, person: str) -> None:
    """Somebody else reads what the candidate said and opens the application."""
    admin.open(f"/applications/{person}")
    expect(admin.page.get_by_text("I ran two Kubernetes clusters.")).to_be_visible()
    admin.watched.look("review-asked")
    admin.press("Answer", exact=True)
    answer = admin.dialog(f"Review the rejection of {NAME}")
    answer.get_by_label("Your reason").fill("Two clusters were overlooked.")
    answer.get_by_role("button", name="Open it again").click()


def test_ten_resumes_in_one_zip_each_with_its_outcome(
    product: Product, tabs: Tabs, office: Office
) -> None:
    job = office.job("Engineer for many")
    desk = at_desk(product, tabs, "recruiter")
    desk.open(f"/jobs/{job}/add")
    desk.heading("Add many people")
    expect(desk.page.get_by_text("Nothing was uploaded yet")).to_be_visible()
    desk.watched.look("bulk-empty")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(6):
            name = f"Person {'ABCDEF'[number]}lder"
            made.writestr(f"{number}.pdf", resume(name, f"bulk{number}@example.org"))
        made.writestr("twice.pdf", resume("Person Alder", "bulk0@example.org") + b"\n")
        made.writestr("scan.pdf", documents.scan_pdf())
        made.writestr("locked.pdf", documents.encrypted_pdf())
        made.writestr("../outside.pdf", resume("Nobody Here", "outside@example.org"))
    desk.page.locator("input[type=file]").set_input_files(
        {"name": "people.zip", "mimeType": "application/zip", "buffer": buffer.getvalue()}
    )
    told = "6 people added, 1 there already, 3 files not taken."
    expect(desk.page.get_by_text(told)).to_be_visible(timeout=60_000)
    expect(desk.page.get_by_text("Its name leads out of the archive")).to_be_visible()
    expect(desk.page.get_by_text("The file is locked with a password")).to_be_visible()
    expect(desk.page.get_by_text("there already", exact=True)).to_be_visible()
    desk.watched.look("bulk-done")
