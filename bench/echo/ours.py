"""Echoes calls by the gateway's own parts: `python -m bench.echo.ours PORT [full]`.

From the tapped packet to the paced one it is the path of a call with the model left out: jitter
buffer, decoder, playout, encoder; `full` adds voice activity and the recorder on its own thread.
The echo has 16 kHz, as the model hears it, and is widened to the 24 kHz of the playout.
"""

import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import uvicorn
from fastapi import FastAPI

from bench.echo.wire import Offered
from interloop.db.tables import SegmentSource
from interloop.domain.ids import new_id
from interloop.security.sealing import Box
from media_gateway.recorder import Recorder
from media_gateway.voice.aiortc_private import offer_loopback
from media_gateway.voice.jitter import AudioJitter
from media_gateway.voice.opus import Ear
from media_gateway.voice.peer import Peer
from media_gateway.voice.playout import Playout
from media_gateway.voice.speaking import SpeakingTrack
from media_gateway.voice.vad import FRAME_BYTES, VoiceActivity

_SPARE_MS = 60
"""A longer queue is cut: an echo has no utterances that must be whole."""


class Echo:
    """One call that hears itself."""

    def __init__(self, folder: Path | None) -> None:
        self._playout = Playout()
        self._ear = Ear()
        self._vad = VoiceActivity() if folder else None
        self._pcm = bytearray()
        self._jitter = AudioJitter(self._in_order)
        self._recorder = _recorder(folder) if folder else None
        self.peer = Peer(
            self._jitter.add,
            SpeakingTrack(self._playout, self._played),
            changed=self._changed,
            inside=True,
        )

    async def answer(self, sdp: str) -> str:
        """Begin the call."""
        if self._recorder is not None:
            for source in (SegmentSource.candidate_audio, SegmentSource.interviewer_audio):
                await self._recorder.open(source, 0)
        return await self.peer.answer(sdp)

    def _in_order(self, timestamp: int, payload: bytes) -> None:
        if self._recorder is not None:
            self._recorder.put(SegmentSource.candidate_audio, timestamp // 48, payload)
        pcm = self._ear.hear(payload)
        if self._vad is not None:
            self._pcm += pcm
            while len(self._pcm) >= FRAME_BYTES:
                self._vad.probability(bytes(self._pcm[:FRAME_BYTES]))
                del self._pcm[:FRAME_BYTES]
        if self._playout.left_ms > _SPARE_MS:
            self._playout.flush()
        self._playout.write(_widened(pcm))

    def _played(self, packet: bytes) -> None:
        if self._recorder is not None:
            self._recorder.put(SegmentSource.interviewer_audio, 0, packet)

    def _changed(self, _: Peer, connected: bool) -> None:  # noqa: FBT001 - a callback
        if connected:
            self._playout.attach(self)


def _recorder(folder: Path) -> Recorder:
    """Return the gateway's recorder with a ledger that keeps no rows."""

    async def open_segment(*_: object) -> Any:
        segment_id = new_id()
        return SimpleNamespace(id=segment_id, object_key=f"{segment_id}.ilr")

    ledger: Any = SimpleNamespace(open_segment=open_segment)
    opening: Any = SimpleNamespace(media=Box(bytes(32)))
    return Recorder(folder, ledger, opening)


def _widened(pcm: bytes) -> bytes:
    """Return 16 kHz PCM16 at 24 kHz, by lines between the samples."""
    samples = np.frombuffer(pcm, np.int16)
    if not samples.size:
        return b""
    at = np.arange(samples.size * 3 // 2) * 2 / 3
    return np.interp(at, np.arange(samples.size), samples).astype(np.int16).tobytes()


def main() -> None:
    """Serve offers until killed."""
    offer_loopback()
    app, calls = FastAPI(), []
    folder = Path(tempfile.mkdtemp()) if sys.argv[2:] == ["full"] else None

    @app.post("/offer")
    async def offer(offered: Offered) -> Offered:
        calls.append(echo := Echo(folder))
        return Offered(sdp=await echo.answer(offered.sdp), type="answer")

    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
