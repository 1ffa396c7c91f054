"""The candidate's own device heals the recording: what a killed gateway lost is heard and seen."""

import io
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.browser.conftest import PATIENCE_MS, launched
from tests.browser.office import Office, eventually
from tests.browser.seat import Seat
from tests.browser.watched import Watched
from tests.support.product import Product
from tests.support.speech import RATE, write_wav

NAME, EMAIL = "Ida Marek", "ida.marek@example.org"
TYPED = "I would compare both copies row by row and write down what differs."
EVERY_S, LASTS_S = 0.5, 0.2
"""The microphone of this test plays a chirp of 0.2 s every half second."""

CHIRPS = 500
"""More than are heard: a browser that begins a file anew loses some ms of its clock."""

SLOW_CAMERA = "--use-fake-device-for-media-stream=fps=5"
"""Whatever else runs on this machine, the voice has to come in time."""

_WINDOW = 480  # 10 ms at 48 kHz
_FILM_HOLE_S = 1.6
"""A tenth of a second beyond what is taken for a slow film."""

_COUNT = """name => new Promise((resolve, reject) => {
  const opening = indexedDB.open(name);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const names = [...opening.result.objectStoreNames];
    if (!names.includes("pieces")) return resolve(0);
    const counting = opening.result.transaction("pieces").objectStore("pieces").count();
    counting.onsuccess = () => { opening.result.close(); resolve(counting.result); };
  };
})"""


def chirps() -> bytes:
    """One period of the microphone's sound as 16 kHz PCM16."""
    at = np.arange(int(RATE * LASTS_S)) / RATE
    sweep = np.sin(2 * np.pi * (500 + 4000 * at) * at) * np.hanning(at.size)
    sound = np.zeros(int(RATE * EVERY_S))
    sound[: sweep.size] = sweep * 14_000
    return sound.astype(np.int16).tobytes()


@contextmanager
def chirping(kind: BrowserType, folder: Path) -> Iterator[Page]:
    """A browser whose microphone never stops chirping, and whose camera is a made-up one."""
    wav = write_wav(folder / "chirps.wav", chirps() * CHIRPS)
    flags = (f"--use-file-for-fake-audio-capture={wav}", SLOW_CAMERA)
    with launched(kind, *flags) as browser:
        context = browser.new_context(permissions=["microphone", "camera"])
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()


def onsets(copy: bytes) -> NDArray[np.float64]:
    """Return where chirps begin on the candidate's side, in seconds."""
    with av.open(io.BytesIO(copy), "r") as file:
        frames = [frame.to_ndarray() for frame in file.decode(audio=0)]
    whole = np.concatenate(frames, axis=1).astype(np.float64)
    left = whole[0] if whole.shape[0] == 2 else whole.reshape(-1, 2).T[0]
    left = left[: left.size // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    loudness = np.sqrt((left**2).mean(axis=1))
    loud = loudness > loudness.max() * 0.15
    # A chirp is loud after a tenth of a second that was not.
    quiet_before = np.convolve(loud, np.ones(11), "full")[: loud.size] - loud == 0
    return np.asarray(np.flatnonzero(loud & quiet_before) * 0.01, np.float64)


@pytest.mark.timeout(300)
def test_a_killed_gateway_leaves_no_hole_in_voice_and_picture(
    chromium: Browser, product: Product, office: Office, tmp_path: Path
) -> None:
    job = office.job("Healer", questions=1)
    link = office.link(job, NAME, EMAIL)
    with chirping(chromium.browser_type, tmp_path) as page:
        seat = Seat(Watched(page))
        seat.open_link(link)
        seat.agree(picture=True)
        expect(page.get_by_text("We heard you")).to_be_visible()
        seat.go_in()
        seat.press("Turn on the camera")
        seat.wait_for_turn(1)
        # A machine that is held up itself keeps the line for the voice, and takes ten seconds back.
        expect(page.get_by_text("Your picture is recorded.")).to_be_visible(timeout=60_000)
        kill_the_gateway(product, page)
        seat.wait_for_turn(1)
        seat.press("Type instead")
        seat.type_until_the_end(TYPED)
        expect(seat.thanks).to_be_visible()
        # What the device kept is deleted once the server has it all.
        eventually(lambda: is_empty(page) or None, "an empty device")
    interview = own_interview(office, job)
    copy = eventually(lambda: whole(office, interview), "a whole recording", within_s=60)
    told = office.ask("GET", f"/api/interviews/{interview}")["recording"]
    assert told["picture_filled_ms"] > 1000
    at = onsets(copy)
    assert at.size > 20
    assert abs(np.median(np.diff(at)) - EVERY_S) < 0.02
    # What was filled in lies where it was heard: in step with what the gateway recorded.
    turns = np.exp(2j * np.pi * at / EVERY_S)
    assert np.median(np.abs(np.angle(turns / turns.mean()))) < np.pi / 4


def is_empty(page: Page) -> bool:
    """Tell whether this device keeps nothing any more."""
    return not any(page.evaluate(_COUNT, name) for name in ("interloop-voice", "interloop-picture"))


def kill_the_gateway(product: Product, page: Page) -> None:
    """Kill whoever holds the call, and see the page find another."""
    held = {role: pid for role, pid in product.run["pids"].items() if role.startswith("gateway")}
    for role in held:
        product.signal(role, signal.SIGKILL)
    expect(page.get_by_text("Connection interrupted")).to_be_visible()
    kept = "Your picture does not get through now. This device keeps it and adds it later."
    expect(page.get_by_text(kept)).to_be_visible()
    expect(page.get_by_text("Connection good")).to_be_visible(timeout=60_000)


def pictures(copy: bytes) -> NDArray[np.float64]:
    """Return when a player shows pictures, in seconds."""
    with av.open(io.BytesIO(copy), "r") as file:
        return np.asarray([frame.time for frame in file.decode(video=0)], np.float64)


def own_interview(office: Office, job: str) -> str:
    """Return the interview of the job's only candidate."""
    [row] = office.ask("GET", f"/api/jobs/{job}/applications")
    found: str = office.ask("GET", f"/api/applications/{row['id']}")["interview_id"]
    return found


def whole(office: Office, interview: str) -> bytes | None:
    """Return the copy once there is one without a hole."""
    answer = office.look(f"/api/media/interviews/{interview}/recording")
    if answer.status_code != 200:
        return None
    copy: bytes = answer.content
    at, seen = onsets(copy), pictures(copy)
    # The browser's noise suppression may swallow a chirp or two; the outage swallowed many.
    heard = at.size > 1 and np.diff(at).max() < EVERY_S * 3.5
    return copy if heard and seen.size > 1 and np.diff(seen).max() < _FILM_HOLE_S else None
