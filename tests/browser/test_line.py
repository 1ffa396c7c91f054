"""The line of a call in a real browser: UDP blocked, switched in the middle, lost and found."""

import io
import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import av
import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.conftest import Tabs, launched
from tests.browser.office import Office, eventually
from tests.browser.seat import Seat
from tests.browser.test_healing import own_interview
from tests.support.product import Product

TITLE = "Engineer behind a wall"
NO_UDP = "--webrtc-ip-handling-policy=disable_non_proxied_udp"
"""As behind a firewall that lets nothing but HTTP through."""
LONG_WAY = "good, the long way"


@pytest.fixture(scope="module")
def job(office: Office) -> str:
    return office.job(TITLE, questions=2)


@pytest.fixture
def walled(chromium: Browser, microphone: str) -> Iterator[Tabs]:
    """Tabs of a browser behind such a wall."""
    with launched(chromium.browser_type, microphone, NO_UDP) as browser:
        opened = Tabs(browser)
        yield opened
        complaints = opened.close()
    assert not complaints, "\n".join(dict.fromkeys(complaints))


def enter(seat: Seat, link: str) -> None:
    """Come to the first question, typing."""
    seat.open_link(link)
    seat.agree()
    seat.go_in(typing=True)
    seat.wait_for_turn(1)


def speak(seat: Seat) -> None:
    """Open the microphone: what it plays begins with that."""
    seat.press("Turn on the microphone")
    if seat.answer_box.is_visible():
        seat.press("Back to speaking")


def connection(page: Page, word: str) -> None:
    """Wait until the page calls its connection so."""
    expect(page.get_by_text(f"Connection {word}", exact=True)).to_be_visible()


def test_where_udp_is_blocked_voice_and_picture_take_the_long_way_by_themselves(
    walled: Tabs, office: Office, product: Product
) -> None:
    job = office.job("Engineer with a camera behind a wall", questions=2)
    seat = Seat(walled.person())
    seat.open_link(office.link(job, "Ines Wall", "ines.wall@example.org"))
    seat.agree(picture=True)
    seat.go_in(typing=True)
    seat.wait_for_turn(1)
    asked = seat.last_words()
    seat.press("Turn on the camera")
    speak(seat)
    connection(seat.page, LONG_WAY)
    captions = seat.page.get_by_role("region", name="Captions")
    expect(captions.get_by_text("You", exact=True).first).to_be_visible()
    told = seat.page.get_by_role("complementary", name="You and your devices")
    # A machine that is held up itself keeps the line for the voice, and takes ten seconds back.
    expect(told.get_by_text("Your picture is recorded.")).to_be_visible(timeout=60_000)
    seat.watched.look("room-long-way")
    seat.press(re.compile("m done$"))
    seat.wait_for_other_words(asked)
    seat.page.wait_for_function("document.querySelector('audio').currentTime > 1")
    interview = own_interview(office, job)
    eventually(lambda: stored(product, interview) or None, "a recorded picture")
    seat.press("Type instead")
    seat.type_until_the_end("I would compare both copies row by row.")
    expect(seat.thanks).to_be_visible()
    pictures = eventually(lambda: filmed(office, interview), "a copy with pictures", within_s=60)
    assert pictures > 20


def stored(product: Product, interview: str) -> int:
    """Return how many segments of the interview's pictures stand in the database."""
    with sqlite3.connect(product.state_dir / "interloop.db", timeout=10) as database:
        query = (
            "SELECT count(*) FROM segment WHERE source = 'candidate_video'"
            " AND replace(interview_id, '-', '') = ?"
        )
        return int(database.execute(query, [UUID(interview).hex]).fetchone()[0])


def filmed(office: Office, interview: str) -> int | None:
    """Return how many pictures a player finds in the copy, once it stands."""
    answer = office.look(f"/api/media/interviews/{interview}/recording")
    if answer.status_code != 200:
        return None
    with av.open(io.BytesIO(answer.content), "r") as file:
        return sum(1 for _ in file.decode(video=0))


def test_the_way_is_switched_in_the_middle_of_an_answer_and_back(
    tabs: Tabs, office: Office, job: str
) -> None:
    seat = Seat(tabs.person())
    enter(seat, office.link(job, "Otto Weg", "otto.weg@example.org"))
    asked = seat.last_words()
    speak(seat)
    expect(seat.page.get_by_text("Voice and text")).to_be_visible()
    connection(seat.page, "good")
    captions = seat.page.get_by_role("region", name="Captions")
    expect(captions.get_by_text("You", exact=True).first).to_be_visible()
    seat.press("Trouble")
    seat.press("Take the long way")
    connection(seat.page, LONG_WAY)
    seat.press("Trouble")
    seat.watched.look("trouble")
    seat.press("Try the short way")
    connection(seat.page, "good")
    seat.press(re.compile("m done$"))
    seat.wait_for_other_words(asked)
    # A breath in the spoken text may part the answer in two; that no sound is lost or doubled is
    # measured in tests/gateway/test_wire.py.
    expect(captions.get_by_text("You", exact=True).first).to_be_visible()


def test_a_lost_line_is_found_again_at_the_same_question_with_the_words_so_far(
    tabs: Tabs, office: Office, job: str
) -> None:
    seat = Seat(tabs.person())
    sockets: list[WebSocketRoute] = []

    def between(page_side: WebSocketRoute) -> None:
        page_side.connect_to_server()
        sockets.append(page_side)

    seat.page.route_web_socket(re.compile("/room$"), between)
    enter(seat, office.link(job, "Lina Faden", "lina.faden@example.org"))
    asked = seat.page.get_by_role("heading", level=1).inner_text()
    seat.answer_box.fill("I read the query plan")
    sockets[-1].close()
    expect(seat.sign).to_contain_text("Line interrupted")
    seat.wait_for_turn(1)
    expect(seat.page.get_by_role("heading", level=1)).to_have_text(asked)
    expect(seat.answer_box).to_have_value("I read the query plan")
    assert len(sockets) == 2


def test_a_laptop_that_slept_wakes_at_the_same_question_with_the_words_so_far(
    tabs: Tabs, office: Office, product: Product
) -> None:
    job = office.job("Engineer whose laptop sleeps", questions=2)
    seat = Seat(tabs.person())
    enter(seat, office.link(job, "Tilda Schlaf", "tilda.schlaf@example.org"))
    interview = own_interview(office, job)
    asked = seat.page.get_by_role("heading", level=1).inner_text()
    words = seat.last_words()
    seat.answer_box.fill("I read the query plan")
    with (
        seat.page.expect_websocket(lambda it: it.url.endswith("/room"), timeout=90_000),
        asleep(seat.page),
    ):
        silent = "a gateway that heard nothing for too long"
        eventually(lambda: given_up(product, interview) or None, silent, within_s=60)
    connection(seat.page, "good")
    expect(seat.sign).to_contain_text("Your turn")
    expect(seat.page.get_by_role("heading", level=1)).to_have_text(asked)
    expect(seat.answer_box).to_have_value("I read the query plan")
    seat.answer_box.press("Control+Enter")
    captions = seat.page.get_by_role("region", name="Captions")
    expect(captions.get_by_text("I read the query plan")).to_be_visible()
    seat.wait_for_other_words(words)


@contextmanager
def asleep(page: Page) -> Iterator[None]:
    """Let no script of the page run, timers and all, as on a laptop that is shut.

    `Page.setWebLifecycleState` freezes hidden pages only, and a page of a test is never hidden.
    """
    lid = page.context.new_cdp_session(page)
    lid.send("Debugger.enable")
    lid.send("Debugger.pause")
    yield
    lid.send("Debugger.resume")
    lid.send("Debugger.disable")


def given_up(product: Product, interview: str) -> bool:
    """Tell whether a gateway says that this interview's page is silent."""
    logs = (product.state_dir / "logs").glob("gateway*.log")
    lines = (line for log in logs for line in log.read_text().splitlines())
    return any("page_silent" in line and interview in line for line in lines)


def test_who_finds_every_room_taken_waits_in_line_and_gets_in_by_themselves(
    tabs: Tabs, office: Office, product: Product, job: str
) -> None:
    seat = Seat(tabs.person())
    seat.open_link(office.link(job, "Vera Reihe", "vera.reihe@example.org"))
    seat.agree()
    gateways = [role for role in product.run["pids"] if role.startswith("gateway")]
    for role in gateways:  # nobody answers a claim: as good as taken
        product.signal(role, signal.SIGSTOP)
    try:
        seat.press("Continue by typing")
        expect(seat.sign).to_contain_text("You are next")
        seat.watched.look("room-in-line")
        seat.page.reload()
        expect(seat.sign).to_contain_text("You are next")
    finally:
        for role in gateways:
            product.signal(role, signal.SIGCONT)
    expect(seat.sign).to_contain_text("Ready when you are", timeout=40_000)
    seat.press("Start", exact=True)
    seat.wait_for_turn(1)


def test_a_paused_interview_goes_on_in_another_browser_at_the_same_question(
    tabs: Tabs, office: Office, job: str
) -> None:
    first = Seat(tabs.person())
    enter(first, office.link(job, "Nora Reise", "nora.reise@example.org"))
    asked = first.page.get_by_role("heading", level=1).inner_text()
    first.answer_box.fill("I read the query plan")
    expect(first.sign).to_contain_text("Your turn")
    first.press("Leave")
    first.press("Leave for now")
    first.heading("Your interview waits for you")
    first.press("Make a link")
    link = first.page.get_by_text("/c/#")
    expect(link).to_be_visible()
    first.watched.look("invitation-elsewhere")
    second = Seat(tabs.person())
    second.page.goto(link.inner_text())
    second.press("Continue")
    second.heading("Your interview waits for you")
    second.press("Go on with the interview")
    second.press("Continue by typing")
    second.wait_for_turn(1)
    expect(second.page.get_by_role("heading", level=1)).to_have_text(asked)
    captions = second.page.get_by_role("region", name="Captions")
    expect(captions.get_by_text("I read the query plan")).to_be_visible()
    second.type_until_the_end("I asked two people who use it daily, and measured again.")
    second.heading(re.compile("Thank you"))
    first.page.reload()
    first.heading(re.compile("Thank you"))
