"""The process that recognises speech: JSON lines in, JSON lines out, one decoder a running turn.

In:  {"turn", "speaker", "at": seconds of the monotonic clock, "pcm": base64 of 16 kHz PCM16},
     then {"turn", "end": true} or {"turn", "drop": true}.
Out: {"turn", "text", "final"}; and {"ready": bool} once at the start.
"""

import base64
import json
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any

RATE = 16_000
_PARTIAL_BYTES = RATE * 2 * 7 // 10
"""A partial text every 0.7 s of sound, so that one is never older than a second."""


_MOST_SPEAKERS = 500
_READY = 2
"""Decoders that are loaded before the first call, so that a second candidate need not wait."""

_LATE_S = 1.2
_ON_TIME_S = 0.2


@dataclass
class _Turn:
    decoder: Any
    speaker: str
    began: float
    taken: int = 0
    unread: int = 0
    text: str = ""
    skipping: bool = False

    def falls_behind(self, at: float, size: int) -> bool:
        """Whether the sound that came at that time must be skipped to stay with the speaker.

        Sound may come faster than it is spoken; it is late only when its own time has passed too.
        """
        due = max(at, self.began + self.taken / 2 / RATE)
        self.taken += size
        late = time.monotonic() - due
        self.skipping = late > (_ON_TIME_S if self.skipping else _LATE_S)
        return self.skipping


class _Recogniser:
    """Decoders are heavy (about 90 MB, 0.7 s to load), so used ones are kept for later turns."""

    def __init__(self, out: IO[str]) -> None:
        from pocketsphinx import Decoder  # noqa: PLC0415  an optional package, in this process only

        self._make = Decoder
        self._free: list[Any] = [self._decoder() for _ in range(_READY)]
        self._turns: dict[str, _Turn] = {}
        self._out = out
        self._stranger: str = self._free[0].get_cmn(False)  # noqa: FBT003  positional only
        self._levels: dict[str, str] = {}
        """The cepstral mean of each speaker and microphone: the next turn is heard better."""

    def take(self, line: dict[str, Any]) -> None:
        """One line of the parent."""
        name = line["turn"]
        if line.get("drop"):
            self._close(name)
        elif line.get("end"):
            text = self._close(name)
            _write(self._out, {"turn": name, "text": text, "final": True})
        else:
            self._hear(line, base64.b64decode(line["pcm"]))

    def _hear(self, line: dict[str, Any], pcm: bytes) -> None:
        name = line["turn"]
        turn = self._turns.get(name) or self._open(line)
        if turn.falls_behind(line["at"], len(pcm)):
            return
        turn.decoder.process_raw(pcm)
        turn.unread += len(pcm)
        if turn.unread >= _PARTIAL_BYTES:
            turn.unread = 0
            text = _text(turn.decoder)
            if text != turn.text:
                turn.text = text
                _write(self._out, {"turn": name, "text": text, "final": False})

    def _open(self, line: dict[str, Any]) -> _Turn:
        speaker = line["speaker"]
        decoder = self._free.pop() if self._free else self._decoder()
        decoder.set_cmn(self._levels.get(speaker, self._stranger))
        decoder.start_utt()
        self._turns[line["turn"]] = _Turn(decoder, speaker, line["at"])
        return self._turns[line["turn"]]

    def _close(self, name: str) -> str:
        turn = self._turns.pop(name, None)
        if turn is None:
            return ""
        turn.decoder.end_utt()
        if len(self._levels) > _MOST_SPEAKERS:
            self._levels.clear()
        self._levels[turn.speaker] = turn.decoder.get_cmn(True)  # noqa: FBT003  positional only
        self._free.append(turn.decoder)
        return _text(turn.decoder)

    def _decoder(self) -> Any:
        # Both later passes take seconds after a long answer and mend little; the narrow beams cost
        # few words and three quarters less of the machine that also carries the call.
        return self._make(
            samprate=float(RATE),
            loglevel="FATAL",
            bestpath=False,
            fwdflat=False,
            maxhmmpf=3_000,
            maxwpf=5,
            beam=1e-40,
            pbeam=1e-40,
            wbeam=1e-20,
        )


def _text(decoder: Any) -> str:
    guess = decoder.hyp()
    text: str = guess.hypstr if guess is not None else ""
    return text


def _write(out: IO[str], line: dict[str, object]) -> None:
    out.write(json.dumps(line) + "\n")
    out.flush()


def main() -> None:
    """Serves until the parent closes the pipe, however the parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(2)  # the call itself goes first
    try:
        recogniser = _Recogniser(sys.stdout)
    except ImportError:
        _write(sys.stdout, {"ready": False})
        return
    _write(sys.stdout, {"ready": True})
    with suppress(BrokenPipeError):
        for line in sys.stdin:
            recogniser.take(json.loads(line))


if __name__ == "__main__":
    main()
