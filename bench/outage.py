"""Seconds until both voices are back: after ten seconds without a network, and at a new address.

`python -m bench.outage [--times 10]` runs the product and one call in Chromium whose UDP and room
socket go through a relay on loopback. Outage: nothing passes for 10 s, and the page is offline.
Address change: what was open never passes anything again, new connections do. Counted is the time
from the network's return (or the change) to the first of ten packets of sound in each direction,
the later of both. Bars: medians of 1 s and 3 s.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from bench.relay import Relay
from bench.told import write
from tests.browser.office import Office
from tests.browser.seat import Seat
from tests.browser.watched import Watched, options
from tests.support.chromium import FLAGS, chromium_path
from tests.support.product import running_product

OUTAGE_S = 10.0
BARS = {"outage": 1.0, "address_change": 3.0}
REST_S, LONGEST_S = 6.0, 30.0
_REROUTE = """(() => {
  const Socket = WebSocket;
  window.WebSocket = class extends Socket {
    constructor(url) {
      const to = new URL(url);
      super(`ws://127.0.0.1:TCP_PORT/${to.port}${to.pathname}`);
    }
  };
  const lines = (sdp, port) => sdp.split("\\r\\n").filter((l) => !l.startsWith("a=candidate:"))
    .map((l) => l.startsWith("a=ice-ufrag:")
      ? `a=candidate:1 1 udp 2122260223 127.0.0.1 ${port} typ host\\r\\n${l}` : l).join("\\r\\n");
  const peer = RTCPeerConnection.prototype;
  const local = Object.getOwnPropertyDescriptor(peer, "localDescription").get;
  const {setLocalDescription: setLocal, setRemoteDescription: setRemote} = peer;
  peer.setLocalDescription = async function () {
    this.relay = await relayOpen();
    await setLocal.call(this);
  };
  Object.defineProperty(peer, "localDescription", {get() {
    const {type, sdp} = local.call(this);
    return {type, sdp: lines(sdp, this.relay.gateway)};
  }});
  peer.setRemoteDescription = async function ({type, sdp}) {
    const port = /candidate:\\S+ 1 udp \\d+ 127\\.0\\.0\\.1 (\\d+)/i.exec(sdp)[1];
    await relayAim(this.relay.number, Number(port));
    await setRemote.call(this, {type, sdp: lines(sdp, this.relay.page)});
  };
})()"""


def main() -> int:
    """Measure, write the result, print one line; return 1 when a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=10)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder, running_product(Path(folder)) as product:
        with Office.open(product) as office:
            link = office.link(office.job("Engineer on a train"), "Tess Gale", "tess@example.org")
        with Relay() as relay, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(),
                args=[*FLAGS, "--autoplay-policy=no-user-gesture-required"],
            )
            context = browser.new_context(**options())
            page = in_a_call(context, relay, link)
            samples = {
                "outage": [once(page, relay, lambda: outage(context, relay)) for _ in range(times)],
                "address_change": [once(page, relay, lambda: move(relay)) for _ in range(times)],
            }
            browser.close()
    return tell(samples)


def in_a_call(context: BrowserContext, relay: Relay, link: str) -> Page:
    """Come to the first question, with a voice that goes through the relay."""
    expect.set_options(timeout=30_000)
    context.grant_permissions(["microphone"])
    page = context.new_page()
    page.expose_function("relayOpen", relay.open)
    page.expose_function("relayAim", relay.aim)
    page.add_init_script(_REROUTE.replace("TCP_PORT", str(relay.tcp_port)))
    seat = Seat(Watched(page))
    seat.open_link(link)
    seat.agree()
    expect(page.get_by_text("We heard you")).to_be_visible()
    seat.go_in()
    seat.wait_for_turn(1)
    wait(page, REST_S)
    return page


def once(page: Page, relay: Relay, disturb: Callable[[], float]) -> float:
    """Disturb the line and return the seconds until both voices are back, or `LONGEST_S`."""
    since = disturb()
    while (back := relay.back_after(since)) is None and time.monotonic() - since < LONGEST_S:
        wait(page, 0.05)
    wait(page, REST_S)
    return LONGEST_S if back is None else back


def outage(context: BrowserContext, relay: Relay) -> float:
    """Let nothing pass for a while; return when it passes again."""
    context.set_offline(offline=True)
    relay.cut = True
    wait(context.pages[0], OUTAGE_S)
    relay.cut = False
    since = time.monotonic()
    context.set_offline(offline=False)
    return since


def move(relay: Relay) -> float:
    """Change the address; return when."""
    since = time.monotonic()
    relay.move()
    return since + 0.05


def wait(page: Page, seconds: float) -> None:
    """Let time go by; the page may call us meanwhile."""
    page.wait_for_timeout(seconds * 1000)


def tell(samples: dict[str, list[float]]) -> int:
    """Write the figures and print the line; return 1 when a bar is missed."""
    medians = {name: statistics.median(taken) for name, taken in samples.items()}
    figures = {
        name: {
            "median_s": round(medians[name], 2),
            "least_s": round(min(taken), 2),
            "most_s": round(max(taken), 2),
            "bar_s": BARS[name],
            "samples_s": [round(sample, 3) for sample in taken],
        }
        for name, taken in samples.items()
    }
    write("outage", {"outage_lasts_s": OUTAGE_S, **figures})
    words = ", ".join(
        f"{name.replace('_', ' ')} {one['median_s']} s ({one['least_s']} to {one['most_s']}, "
        f"bar {one['bar_s']})"
        for name, one in figures.items()
    )
    sys.stdout.write(f"audio back after: {words}\n")
    return 0 if all(medians[name] <= bar for name, bar in BARS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
