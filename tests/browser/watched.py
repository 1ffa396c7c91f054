"""A page that is watched: what it logs, whom it calls, how it looks, whether all can use it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "test-results" / "screens"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {1280: 800, 390: 844}
"""Widths of the pictures with the heights of the windows, in CSS pixels."""

_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_RUN_AXE = """async (tags) => {
  const {violations} = await axe.run(document, {runOnly: tags, iframes: false});
  return violations.map(({id, nodes}) => id + ": " + nodes.map(
    (node) => node.target.join(" ") + " " + node.failureSummary).join(" | "));
}"""
_FROM_THE_TOP = "() => { scrollTo(0, 0); return document.fonts.ready.then(() => true); }"
_STATUS = re.compile(r"status of (\d{3})")


class Watched:
    """One tab; `page` is Playwright's."""

    def __init__(self, page: Page, theme: str = "") -> None:
        self.page = page
        self.theme = theme
        self.complaints: list[str] = []
        self._expected: set[int] = set()
        page.on("console", self._said)
        page.on("pageerror", self._threw)
        page.on("request", self._asked)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Answers with these statuses are part of what the block proves."""
        self._expected |= set(statuses)
        yield

    def look(self, name: str) -> None:
        """Keep pictures of the screen at both widths; nobody may be shut out by any of them."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        before = self.page.viewport_size
        for width, height in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.evaluate(_FROM_THE_TOP)
            suffix = f"{width}-{self.theme}" if self.theme else str(width)
            path = SCREENS / f"{name}-{suffix}.png"
            self.page.screenshot(path=path, full_page=True, animations="disabled")
            self._must_fit(f"{name}-{suffix}")
            self._must_be_usable(f"{name}-{suffix}")
        if before:
            self.page.set_viewport_size(before)

    def _must_fit(self, name: str) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            self.complaints.append(f"{name} scrolls sideways by {wide} px")

    def _must_be_usable(self, name: str) -> None:
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE.read_text())
        found = cast("list[str]", self.page.evaluate(_RUN_AXE, list(_RULES)))
        self.complaints += [f"{name} {each}" for each in found]

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        status = _STATUS.search(message.text)
        if status and int(status.group(1)) in self._expected:
            return
        self.complaints.append(f"{message.type} at {self.page.url}: {message.text}")

    def _threw(self, error: Error) -> None:
        self.complaints.append(f"thrown at {self.page.url}: {error}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != "127.0.0.1":
            self.complaints.append(f"asked a third party: {request.url}")


def options(*, theme: str = "light") -> dict[str, Any]:
    """How a person's browser is set up: language, zone, size; no motion to wait for."""
    return {
        "viewport": {"width": 1280, "height": 800},
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "color_scheme": theme,
        "reduced_motion": "reduce",
    }
