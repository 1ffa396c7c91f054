"""What a candidate does on the screens, in the words that stand on them."""

import re
from itertools import cycle, islice

from playwright.sync_api import Locator, Page, expect

from tests.browser.watched import Watched

MOST_TURNS = 20
YOURS_OR_OVER = re.compile("Your turn|The interview is over|Thank you")


class Seat:
    """The candidate's pages in one tab."""

    def __init__(self, watched: Watched) -> None:
        self.watched = watched
        self.page: Page = watched.page

    @property
    def sign(self) -> Locator:
        """Whose turn it is."""
        return self.page.get_by_role("status", name="Whose turn it is")

    @property
    def answer_box(self) -> Locator:
        """Where answers are typed."""
        return self.page.get_by_label("Your answer", exact=True)

    @property
    def thanks(self) -> Locator:
        """The heading of the page after the interview."""
        return self.page.get_by_role("heading", level=1, name=re.compile("Thank you"))

    def open_link(self, link: str) -> None:
        """Open the link of the mail and go on to the invitation."""
        self.page.goto(link)
        self.press("Continue")
        self.heading(re.compile("invites you to an interview"))

    def agree(self, *, picture: bool = False) -> None:
        """Read the notice and agree, perhaps to a picture too; leads to the device check."""
        self.press("Start now")
        self.heading("Before you start")
        self.page.get_by_label("I have read this").check()
        if picture:
            self.page.get_by_label("My picture may be recorded too").check()
        self.press("I agree, continue")
        self.heading("Let us see that everything works")

    def go_in(self, *, typing: bool = False) -> None:
        """Enter the room and start."""
        self.press("Continue by typing" if typing else "Go in", exact=True)
        self.press("Start", exact=True)

    def wait_for_turn(self, question: int) -> None:
        """Wait until the interviewer has asked this question and listens."""
        expect(self.page.get_by_text(f"Question {question} of about")).to_be_visible()
        expect(self.sign).to_contain_text("Your turn")

    def type_answer(self, text: str) -> None:
        """Type an answer and send it, with the keyboard alone."""
        expect(self.answer_box).to_be_focused()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Control+Enter")

    def type_until_the_end(self, *answers: str) -> None:
        """Answer whatever is still asked, until the interviewer says goodbye."""
        for answer in islice(cycle(answers), MOST_TURNS):
            expect(self.sign.or_(self.thanks).first).to_contain_text(YOURS_OR_OVER)
            if not self.answer_box.is_visible():
                return
            asked = self.last_words()
            self.type_answer(answer)
            self.wait_for_other_words(asked)
        raise AssertionError("the interview never ends")

    def last_words(self) -> str:
        """What the interviewer said last, as the captions tell."""
        return self._spoken.last.inner_text()

    def wait_for_other_words(self, before: str) -> None:
        """Wait until the interviewer has said something after these words."""
        expect(self._spoken.last.or_(self.thanks).first).not_to_have_text(before)

    @property
    def _spoken(self) -> Locator:
        captions = self.page.get_by_role("region", name="Captions")
        lines = captions.get_by_role("listitem").filter(has_text="AI interviewer")
        return lines.locator("p")

    def heading(self, words: str | re.Pattern[str]) -> None:
        """Wait for the page of this heading."""
        expect(self.page.get_by_role("heading", level=1, name=words)).to_be_visible()

    def press(self, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name, exact=exact).click()
