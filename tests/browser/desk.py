"""What a member of staff does on the screens, in the words that stand on them."""

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.watched import Watched

PDF = "application/pdf"


class Desk:
    """The recruiter app in one tab."""

    def __init__(self, watched: Watched, app: str) -> None:
        self.watched = watched
        self.page: Page = watched.page
        self._app = app

    def sign_in(self, person: Mapping[str, str], *, lands_on: str = "Jobs") -> None:
        """Open the app and sign in by keyboard: the first field has the focus."""
        self.page.goto(self._app)
        expect(self.page.get_by_label("E-mail")).to_be_focused()
        self.page.keyboard.type(person["email"])
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(person["password"])
        self.page.keyboard.press("Enter")
        self.heading(lands_on)

    def open(self, path: str) -> None:
        """Go to a path of the app; the session outlives it."""
        self.page.goto(f"{self._app}{path}")

    def heading(self, words: str | re.Pattern[str]) -> None:
        """Wait for the page of this heading."""
        expect(self.page.get_by_role("heading", level=1, name=words)).to_be_visible()

    def press(self, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name, exact=exact).click()

    def tab(self, name: str) -> None:
        """Show a tab of the candidate's page."""
        self.page.get_by_role("tab", name=name).click()
        expect(self.page.get_by_role("tabpanel", name=name)).to_be_visible()

    def dialog(self, name: str | re.Pattern[str]) -> Locator:
        """Return the open dialog of this name."""
        dialog = self.page.get_by_role("dialog", name=name)
        expect(dialog).to_be_visible()
        return dialog

    def drop_description(self, name: str, content: bytes) -> None:
        """Give a file to the page of a new job."""
        self.page.locator("input[type=file]").set_input_files(payload(name, content))

    def choose_resume(self, name: str, content: bytes | Path) -> Locator:
        """Open the dialog for a person, if it is not, and choose this file; return the dialog."""
        dialog = self.page.get_by_role("dialog", name="Add a person")
        if not dialog.is_visible():
            self.page.get_by_role("button", name="Add people").first.click()
        dialog.locator("input[type=file]").set_input_files(payload(name, content))
        return dialog

    def drop_resume(self, name: str, content: bytes) -> Locator:
        """Add a person by this file; return the dialog."""
        dialog = self.choose_resume(name, content)
        dialog.get_by_role("button", name="Add", exact=True).click()
        return dialog


def payload(name: str, content: bytes | Path) -> FilePayload | Path:
    """A file as a person drops it; what is too large for a message is given by its path."""
    if isinstance(content, Path):
        return content
    kind = PDF if name.endswith(".pdf") else "application/octet-stream"
    return {"name": name, "mimeType": kind, "buffer": content}
