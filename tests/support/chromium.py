"""The browser the tests drive: this machine's Chromium, else Playwright's own."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")

FLAGS = (
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)
"""Root may not use the browser's own sandbox; microphone and camera are made up."""


def chromium_path() -> str | None:
    """Return the machine's browser; None means Playwright's own."""
    return next((path for path in map(shutil.which, NAMES) if path), None)
