"""What recording costs on top of receiving: 640x480 and a voice, beside aiortc's MediaRecorder.

`python -m bench.recording_cost [--rounds 5] [--seconds 10]` runs, in turn, four servers, each a
process of its own with a sender of its own:
receive (our receive path, nothing kept), record (the same into sealed segments), aiortc (aiortc
receives and decodes, nothing kept) and media_recorder (the same into a WebM file). Counted is the
CPU time of the server alone, for each second of pictures that it took in: a server that cannot keep
up is not called cheap. Bar: record minus receive at most 0.02 CPU-s per second of media.
"""

import argparse
import asyncio
import json
import os
import resource
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.contrib.media import MediaBlackhole, MediaRecorder
from av.frame import Frame
from av.packet import Packet

from bench.sender import FPS
from bench.told import write
from interloop.db.tables import Segment, SegmentSource
from interloop.domain.ids import new_id
from interloop.security.sealing import Box
from media_gateway.clock import InterviewClock
from media_gateway.ledger import Ledger
from media_gateway.opening import Opening
from media_gateway.recorder import Recorder
from media_gateway.video.frames import VideoPacket
from media_gateway.video.sight import Sight
from media_gateway.video.watching import Watching
from media_gateway.voice.aiortc_private import offer_loopback
from media_gateway.voice.jitter import AudioJitter
from media_gateway.voice.peer import Peer
from media_gateway.voice.playout import Playout
from media_gateway.voice.speaking import SpeakingTrack
from media_gateway.voice.timeline import Timeline

BAR = 0.02
WARM_S = 3.0
SERVERS = ("receive", "record", "aiortc", "media_recorder")
_SOURCES = (SegmentSource.candidate_audio, SegmentSource.candidate_video)
Taken = Callable[[], int]
"""How many pictures were taken in so far."""


class _Rows(Ledger):
    """A ledger without a database: its rows are not what is measured here."""

    def __init__(self) -> None:
        """Nothing is kept."""

    async def open_segment(self, source: SegmentSource, codec: str, start_ms: int) -> Segment:
        """Return a row that nobody stores."""
        segment_id = new_id()
        key = f"{segment_id}.ilr"
        return Segment(id=segment_id, source=source, codec=codec, object_key=key, start_ms=start_ms)

    async def close_segment(self, closed: Segment) -> None:
        """Forget the row."""


class _Counted(MediaStreamTrack):
    """Hands pictures on and counts them."""

    kind = "video"

    def __init__(self, track: MediaStreamTrack, came: list[int]) -> None:
        super().__init__()
        self._track = track
        self._came = came

    async def recv(self) -> "Frame | Packet[Any]":
        """Return the next picture."""
        picture = await self._track.recv()
        self._came[0] += 1
        return picture


@asynccontextmanager
async def sender() -> AsyncIterator[tuple[str, Callable[[str], None]]]:
    """Start a sender; gives its offer and a way to answer it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.sender",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 20,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    pipe = process.stdin
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process.pid, {(os.cpu_count() or 1) - 1})
    try:
        offer = json.loads(await process.stdout.readline())
        yield offer["sdp"], lambda sdp: pipe.write(json.dumps({"sdp": sdp}).encode() + b"\n")
    finally:
        pipe.close()
        await process.wait()


async def ours(folder: Path, offer: str, answer: Callable[[str], None], *, keep: bool) -> Taken:
    """Receive as a gateway does, with a recorder when `keep`; returns what it took in."""
    clock = InterviewClock(stored_ms=0, since_join_ms=0)
    opening = cast("Opening", SimpleNamespace(media=Box(os.urandom(32))))
    recorder = Recorder(folder, _Rows(), opening)
    watching = Watching(recorder, clock, may_record=lambda: True)
    timeline, came = Timeline(48), [0]
    if keep:
        for source in _SOURCES:
            await recorder.open(source, 0)
        watching.record()

    def heard(timestamp: int, payload: bytes) -> None:
        at_ms = timeline.ms(timestamp, clock.ms())
        if keep:
            recorder.put(SegmentSource.candidate_audio, at_ms, payload)

    def seen(packet: VideoPacket) -> bool:
        came[0] += packet.last
        return sight.take_picture(packet)

    sight = Sight(watching)
    sight.begin(-1)
    peer = Peer(
        sight.hearing(AudioJitter(heard).add),
        SpeakingTrack(Playout(), lambda _packet: None),
        changed=lambda _peer, _connected: None,
        inside=True,
        watch=seen,
    )
    answer(await peer.answer(offer))
    return lambda: came[0]


async def theirs(path: Path, offer: str, answer: Callable[[str], None], *, keep: bool) -> Taken:
    """Receive with aiortc alone, with its recorder when `keep`."""
    peer = RTCPeerConnection(
        RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
    )
    sink = MediaRecorder(str(path / "recording.webm")) if keep else MediaBlackhole()
    came = [0]

    @peer.on("track")
    def _track(track: MediaStreamTrack) -> None:
        sink.addTrack(_Counted(track, came) if track.kind == "video" else track)

    await peer.setRemoteDescription(RTCSessionDescription(offer, "offer"))
    await peer.setLocalDescription(await peer.createAnswer())
    await sink.start()
    answer(peer.localDescription.sdp)
    return lambda: came[0]


async def serve(server: str, seconds: float) -> dict[str, float]:
    """Run one server; return CPU-s per second of media, and how many pictures it took in."""
    offer_loopback()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    make = ours if server in {"receive", "record"} else theirs
    keep = server in {"record", "media_recorder"}
    with tempfile.TemporaryDirectory() as folder:
        async with sender() as (offer, answer):
            came = await make(Path(folder), offer, answer, keep=keep)
            await asyncio.sleep(WARM_S)
            before, pictures = _cpu_s(), came()
            await asyncio.sleep(seconds)
            used, pictures = _cpu_s() - before, came() - pictures
    return {"cpu_per_s": round(used / max(pictures / FPS, 0.1), 4), "pictures": pictures}


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def run(server: str, seconds: float) -> dict[str, float]:
    """Run one server in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.recording_cost",
        "--serve",
        server,
        "--seconds",
        str(seconds),
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    found: dict[str, float] = json.loads(told.splitlines()[-1])
    return found


def figures(runs: dict[str, list[dict[str, float]]]) -> dict[str, object]:
    """Return medians, spreads and the cost of recording: the median of paired differences."""
    cpu = {server: [each["cpu_per_s"] for each in each_run] for server, each_run in runs.items()}

    def added(server: str, base: str) -> list[float]:
        return [a - b for a, b in zip(cpu[server], cpu[base], strict=True)]

    ours_added, theirs_added = added("record", "receive"), added("media_recorder", "aiortc")
    return {
        "bar": BAR,
        "median": {server: statistics.median(values) for server, values in cpu.items()},
        "spread": {server: [min(values), max(values)] for server, values in cpu.items()},
        "recording": round(statistics.median(ours_added), 4),
        "recording_spread": [round(min(ours_added), 4), round(max(ours_added), 4)],
        "media_recorder": round(statistics.median(theirs_added), 4),
        "ratio": round(statistics.median(ours_added) / statistics.median(theirs_added), 4),
        "runs": runs,
    }


async def measure(rounds: int, seconds: float) -> bool:
    """Run all servers in turn, write the figures, print one line; tell whether the bar is met."""
    runs: dict[str, list[dict[str, float]]] = {server: [] for server in SERVERS}
    for _ in range(rounds):
        for server in SERVERS:
            runs[server].append(await run(server, seconds))
    told = figures(runs)
    write("recording_cost", told)
    cost = cast("float", told["recording"])
    met = cost <= BAR
    print(
        f"recording costs {cost:.4f} CPU-s per s of media on top of receiving "
        f"(bar {BAR}: {'met' if met else 'missed'}); MediaRecorder {told['media_recorder']}"
    )
    return met


def main() -> int:
    """Measure; return 1 when the bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--serve", choices=SERVERS)
    asked = parser.parse_args()
    if asked.serve:
        print(json.dumps(asyncio.run(serve(asked.serve, asked.seconds))), flush=True)
        # Threads of a half-closed connection are of no use to anybody.
        os._exit(0)
    return 0 if asyncio.run(measure(asked.rounds, asked.seconds)) else 1


if __name__ == "__main__":
    sys.exit(main())
