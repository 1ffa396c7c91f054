"""HR operations read in Temporal Web what a journey waits for, and get back to its candidate."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import PATIENCE_MS
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.browser.watched import SCREENS, Watched, options
from tests.support.product import Product


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A tab that is not watched: most of what it shows is somebody else's page."""
    context = chromium.new_context(**options(theme=request.param))
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def words(page: Page, which: str) -> FrameLocator:
    return page.frame_locator(f"#user-metadata-{which}")


def test_a_journeys_own_words_stand_in_temporal_web_and_lead_back(
    product: Product, page: Page, request: pytest.FixtureRequest
) -> None:
    theme = request.node.callspec.params["page"]
    with Office.open(product) as office:
        job = office.job(f"Engineer with words, {theme}")
        office.link(job, "Benedikt Solano", f"benedikt.{theme}@example.org")
        [row] = office.ask("GET", f"/api/jobs/{job}/applications")
    desk = Desk(Watched(page), product.app)
    desk.sign_in(product.person("hr_ops"))
    desk.open(f"/applications/{row['id']}")
    address = page.get_by_role("link", name="See the workflow").get_attribute("href")
    desk.open(str(address))
    page.get_by_role("tab", name="User Metadata").click()
    expect(words(page, "summary").get_by_text("The journey of one application")).to_be_visible()
    expect(words(page, "current-details").get_by_text("the link closes")).to_be_visible()
    # It has the colours of the page around it, whichever those are.
    html = words(page, "current-details").locator("html")
    expect(html).to_have_attribute("data-theme", theme)
    dark = html.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(20, 20, 20)"
    assert dark is (theme == "dark")
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"temporal-words-{theme}.png", animations="disabled")
    with page.expect_popup() as opened:
        words(page, "details").get_by_role("link", name="The candidate's page").click()
    expect(opened.value.get_by_role("heading", level=1, name="Benedikt Solano")).to_be_visible()
    assert opened.value.url == f"{product.app}/applications/{row['id']}"
