"""Takes the pictures of docs/guides/operations-in-temporal-web.md from a running product.

`python -m scripts.pictures` starts a product of its own with five candidates at different places,
signs in as HR operations, and photographs Temporal Web behind our proxy with Chromium.
"""

import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from interloop.supervisor.stack import temporal_binary
from scripts.machine import ROOT
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.browser.seat import Seat
from tests.browser.watched import Watched, options
from tests.support.chromium import chromium_path
from tests.support.product import Product, running_product

IMAGES = ROOT / "docs" / "images"
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
PATIENCE_MS = 30_000
LISTS = {
    "stuck": "ExecutionStatus='Running' AND WorkflowType='CandidateJourney' "
    "AND WaitingOn!='system' AND StartTime < '{soon}'",
    "in-a-call": "ExecutionStatus='Running' AND WorkflowType='InterviewRound' "
    "AND Gateway IS NOT NULL",
    "waits-on-us": "ExecutionStatus='Running' AND WaitingOn IN ('recruiter', 'hiring_manager')",
    "failed-today": "ExecutionStatus IN ('Failed', 'TimedOut', 'Terminated', 'Canceled')",
}


def main() -> None:
    """Bring the candidates where they are to be seen, then take the pictures."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_product(Path(folder)) as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS])
        expect.set_options(timeout=PATIENCE_MS)
        journey = people(product, browser)
        take(product, browser, journey)
        browser.close()


def context(browser: Browser) -> BrowserContext:
    """Return a fresh profile."""
    fresh = browser.new_context(**options())
    fresh.set_default_timeout(PATIENCE_MS)
    return fresh


def people(product: Product, browser: Browser) -> str:
    """One in a call, one invited, one not, one whose journey was ended; return who is invited."""
    with Office.open(product) as office:
        job = office.job("Payments engineer", questions=4)
        link = office.link(job, "Ottilie Marwood", "ottilie.marwood@example.org")
        office.link(job, "Benedikt Solano", "benedikt.solano@example.org")
        office.person(job, "Noor Castell", "noor.castell@example.org")
        ended = office.person(job, "Ilse Vanderbrook", "ilse.vanderbrook@example.org")
        board = office.ask("GET", f"/api/jobs/{job}/applications")
    invited = next(row["id"] for row in board if row["candidate"]["name"] == "Benedikt Solano")
    end(product, ended)
    seat = Seat(Watched(context(browser).new_page()))
    seat.open_link(link)
    seat.agree()
    seat.go_in(typing=True)
    seat.wait_for_turn(1)
    return str(invited)


def end(product: Product, application_id: str) -> None:
    """Terminate one journey, as somebody does by mistake."""
    place = ("--address", str(product.run["temporal"]), "--namespace", "interloop")
    which = ("--workflow-id", f"journey-{application_id}", "--reason", "ended by mistake")
    command = (temporal_binary(), "workflow", "terminate", *place, *which)
    subprocess.run(command, check=True, capture_output=True)


def take(product: Product, browser: Browser, application_id: str) -> None:
    """Photograph the four lists, and what one journey says of itself."""
    desk = Desk(Watched(context(browser).new_page()), product.app)
    desk.sign_in(product.person("hr_ops"))
    desk.open(f"/applications/{application_id}")
    link = desk.page.get_by_role("link", name="See the workflow")
    address = link.get_attribute("href") or ""
    for name, query in LISTS.items():
        asked = quote(query.format(soon="2100-01-01T00:00:00Z"))
        desk.open(f"/temporal/namespaces/interloop/workflows?query={asked}")
        desk.page.wait_for_load_state("networkidle")
        shot(desk.page, name)
    desk.open(address)
    desk.page.get_by_role("tab", name="User Metadata").click()
    # This page listens for ever; it is complete once the last frame has its words.
    details = desk.page.frame_locator("#user-metadata-current-details")
    expect(details.get_by_text("the link closes")).to_be_visible()
    shot(desk.page, "next")


def shot(page: Page, name: str) -> None:
    """Keep the window as a small picture."""
    page.screenshot(path=IMAGES / f"temporal-{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
