"""Where a person is met, from the job's rules to the candidate; and of two who save, the later."""

from playwright.sync_api import expect

from tests.browser.chair import Chair, invited, job, meet, rules
from tests.browser.conftest import Tabs
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.support.product import Product

LINK = "https://meet.example.com/room-4"


def test_a_meeting_has_a_place_that_its_candidate_reads(
    product: Product, office: Office, tabs: Tabs
) -> None:
    job_id = job(office, "Engineer to be met somewhere")
    meet(office, product, job_id)
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    desk.open(f"/jobs/{job_id}/scheduling")
    say_where(desk)
    two_save_rules(desk, office, job_id)

    email = "ilse.brandner@example.org"
    application = office.person(job_id, "Ilse Brandner", email)
    link = invited(office, application, email, kind="human")
    chair = Chair(tabs.person())
    chair.open_link(link)
    chair.press("Choose a time", exact=True)
    chair.choose(1, 1)
    chair.take()
    expect(chair.page.get_by_text("Room 4, second floor")).to_be_visible()
    desk.open(f"/applications/{application}")
    desk.press("Change the place")
    dialog = desk.dialog("Where you meet")
    dialog.get_by_label("Place or video link").fill(LINK)
    desk.watched.look("place-dialog")
    dialog.get_by_role("button", name="Save and tell them").click()
    expect(dialog).to_be_hidden()
    expect(desk.page.get_by_role("link", name=LINK)).to_be_visible()
    chair.page.reload()
    expect(chair.page.get_by_role("link", name="Open the video call")).to_have_attribute(
        "href", LINK
    )
    chair.watched.look("place-candidate")


def say_where(desk: Desk) -> None:
    """Say it for the whole job, after a link that nobody should press was not taken."""
    page = desk.page
    page.get_by_label("Place or video link").fill("http://meet.example.com")
    expect(page.get_by_text("A link begins with https://")).to_be_visible()
    page.get_by_label("Place or video link").fill("Room 4, second floor")
    desk.press("Save the place")
    expect(page.get_by_text("It counts for times that are taken from now on")).to_be_visible()


def two_save_rules(desk: Desk, office: Office, job_id: str) -> None:
    """Somebody else saves other rules while these are changed: nothing typed is lost."""
    page = desk.page
    page.get_by_label("A second reviewer").check()
    rules(office, job_id, slot=1800)
    told = page.get_by_text("They changed: Length of a meeting.")
    expect(told).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    desk.watched.look("rules-moved")
    desk.press("Put mine on top")
    expect(told).to_be_hidden()
    desk.press("Save", exact=True)
    expect(page.get_by_text("Times are offered by these rules from now on")).to_be_visible()
    policy = office.ask("GET", f"/api/jobs/{job_id}/policy")["policy"]
    assert (policy["slot"], policy["second_reviewer"]) == (1800, True)
