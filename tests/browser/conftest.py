"""One running product and one Chromium for all browser tests; every tab is watched."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, expect, sync_playwright

from tests.browser.office import Office
from tests.browser.watched import Watched, options
from tests.support.chromium import chromium_path
from tests.support.product import Product
from tests.support.speech import RATE, spoken, write_wav

PATIENCE_MS = 20_000
FIRST = ("whole_journey", "line", "bad_input")
"""The longest, and the one that looks at empty lists, while the product is new."""
QUIET_S = 3  # as long as a call takes to connect on a busy machine
SPOKEN = (
    "Last year our payments team had a slow report. I measured it first, "
    "then I added an index in PostgreSQL, and the report took two seconds."
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--disable-background-networking",
    "--autoplay-policy=user-gesture-required",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with these: three run at a time, and at the end none should wait for a long one."""
    order = {f"tests/browser/test_{name}.py": place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], len(order)))


@pytest.fixture(scope="session")
def product(shared_product: Product) -> Product:
    """The product of all browser tests, whichever module they stand in."""
    return shared_product


@pytest.fixture(scope="session")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the made-up microphone plays once, each time it is opened."""
    silence = bytes(2 * RATE * QUIET_S)
    sound = silence + spoken(SPOKEN) + silence
    return write_wav(tmp_path_factory.mktemp("voice") / "voice.wav", sound)


@pytest.fixture(scope="session")
def microphone(voice: Path) -> str:
    """The flag that makes a browser's microphone play `voice`."""
    return f"--use-file-for-fake-audio-capture={voice}%noloop"


@pytest.fixture(scope="session")
def chromium(microphone: str) -> Iterator[Browser]:
    """A browser whose microphone plays `voice`; pages must be granted it."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright, launched(playwright.chromium, microphone) as browser:
        yield browser


@contextmanager
def launched(kind: BrowserType, *flags: str) -> Iterator[Browser]:
    """Run one more browser, with these flags too."""
    browser = kind.launch(executable_path=chromium_path(), args=[*FLAGS, *flags])
    yield browser
    browser.close()


class Tabs:
    """Opens watched tabs and, at the end, tells what they complained of."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._watched: list[Watched] = []
        self._contexts: list[BrowserContext] = []

    def person(self, *, theme: str = "light", microphone: bool = True) -> Watched:
        """A tab in a browser profile of its own, as another person would have."""
        context = self._browser.new_context(**options(theme=theme))
        context.set_default_timeout(PATIENCE_MS)
        if microphone:
            context.grant_permissions(["microphone", "camera", "clipboard-write"])
        self._contexts.append(context)
        return self.beside(context, theme="dark" if theme == "dark" else "")

    def beside(self, context: BrowserContext, *, theme: str = "") -> Watched:
        """One more tab of the same profile."""
        watched = Watched(context.new_page(), theme)
        self._watched.append(watched)
        return watched

    def close(self) -> list[str]:
        """Close all tabs; return every complaint."""
        for context in self._contexts:
            context.close()
        return [each for watched in self._watched for each in watched.complaints]


@pytest.fixture
def tabs(chromium: Browser) -> Iterator[Tabs]:
    """Tabs for one test; no console error, third party or barrier may show in any of them."""
    opened = Tabs(chromium)
    yield opened
    complaints = opened.close()
    assert not complaints, "\n".join(dict.fromkeys(complaints))


@pytest.fixture(scope="session")
def office(product: Product) -> Iterator[Office]:
    """What a test may bring about without a screen; one sign-in, since those are counted."""
    with Office.open(product) as opened:
        yield opened
