"""Adding many people on the screens: a list is looked at, taken in, and invited together."""

from playwright.sync_api import expect

from tests.browser.conftest import Tabs
from tests.browser.desk import Desk, payload
from tests.browser.office import Office, mails_from
from tests.support.product import Product

LIST = """Name;E-mail;Language;Time zone;ID;Shoe size
Anna Reed;anna.reed@post.example;en;Europe/London;A-1001;39
Ben Moor;ben.moor@post.example;de;;A-1002;44
Clara Weiß;clara.weiss@post.example;;;;
Ben again;BEN.MOOR@post.example;;;;
Broken;nobody;tlh;;;
"""


def test_a_list_is_looked_at_taken_in_and_invited_together(
    product: Product, tabs: Tabs, office: Office
) -> None:
    job = office.job("Engineer for a list")
    desk = Desk(tabs.person(), product.app)
    desk.sign_in(product.person("recruiter"))
    take_the_list_in(desk, job)
    look_at_somebody(desk)
    choose_them(desk, job)
    with Office.open(product, "admin") as admin:
        invite_them_together(desk, admin)
    for name in ("anna.reed", "ben.moor", "clara.weiss"):
        assert len(mails_from(office.inbox, f"{name}@post.example", 1)) == 1


def take_the_list_in(desk: Desk, job: str) -> None:
    """Choose the file, see what is wrong and where, add the rest."""
    page = desk.page
    desk.open(f"/jobs/{job}/add")
    desk.press("A list")
    desk.watched.look("list-empty")
    choose = page.get_by_label("Drop a list of people, or choose one")
    with desk.watched.expecting(422):
        choose.set_input_files(payload("people.xlsx", b"PK\x03\x04..."))
        expect(page.get_by_text("Save the sheet as CSV")).to_be_visible()
    choose.set_input_files(payload("people.csv", LIST.encode("cp1252")))
    expect(page.get_by_text("The same address stands in line 3 already.")).to_be_visible()
    expect(page.get_by_text("E-mail: “nobody” is no e-mail address.")).to_be_visible()
    expect(page.get_by_text("This file was saved as Windows-1252")).to_be_visible()
    expect(page.get_by_text("Not taken: Shoe size")).to_be_visible()
    desk.watched.look("list-preview")
    desk.press("Add 3 people")
    told = page.get_by_text("3 people added, 0 there already, 2 rows not taken.")
    expect(told).to_be_visible()
    desk.watched.look("list-taken")
    with page.expect_download() as saving:
        page.get_by_role("link", name="Download what was not taken").click()
    assert b"nobody,tlh" in saving.value.path().read_bytes()


def look_at_somebody(desk: Desk) -> None:
    """Whoever came by a list has no resume, and can be reached."""
    page = desk.page
    page.get_by_role("link", name="Open Anna Reed").click()
    desk.heading("Anna Reed")
    expect(page.get_by_text("They were added without one.")).to_be_visible()
    how = page.get_by_role("region", name="How to reach them")
    expect(how.get_by_text("A-1001")).to_be_visible()
    desk.watched.look("person-without-resume")
    desk.tab("Match")
    expect(page.get_by_text("There is no resume to rate")).to_be_visible()


def choose_them(desk: Desk, job: str) -> None:
    """From the board to the table; choose by mouse, by key, and all at once."""
    page = desk.page
    desk.open(f"/jobs/{job}")
    desk.press("Invite several")
    expect(page.get_by_role("row")).to_have_count(4)
    page.get_by_label("Choose Clara Weiß").check()
    expect(page.get_by_text("1 person chosen")).to_be_visible()
    desk.press("Choose nobody")
    for key in "jx":
        page.keyboard.press(key)
    expect(page.get_by_text("1 person chosen")).to_be_visible()
    page.get_by_label("Choose everybody in Screening").check()
    desk.watched.look("several-chosen")


def invite_them_together(desk: Desk, admin: Office) -> None:
    """Look at a mail, be stopped in the middle, try again."""
    page = desk.page
    desk.press("Invite 3 people")
    dialog = desk.dialog("Invite 3 people")
    expect(dialog.get_by_text("ready", exact=True)).to_have_count(3)
    dialog.get_by_label("Look at the mail to").select_option("Ben Moor")
    expect(dialog.get_by_text("ben.moor@post.example")).to_be_visible()
    desk.watched.look("several-ready")
    admin.ask("POST", "/api/organization/stop", json={"name": "Larkfield", "reason": "A drill."})
    with desk.watched.expecting(409):
        dialog.get_by_role("button", name="Send 3 invitations").click()
        stopped = dialog.get_by_text("All interviews are stopped for now.")
        expect(stopped).to_have_count(3)
    desk.watched.look("several-stopped")
    admin.ask("POST", "/api/organization/resume")
    dialog.get_by_role("button", name="Try again with 3 invitations").click()
    expect(dialog.get_by_text("invited", exact=True)).to_have_count(3)
    expect(dialog.get_by_text("3 of 3 invitations on the way.")).to_be_visible()
    desk.watched.look("several-invited")
    dialog.get_by_role("button", name="Close").last.click()
    expect(page.get_by_text("Nobody stands like this now")).to_be_visible()
