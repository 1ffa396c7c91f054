"""Answers as sound, with and without blocks, prolongations and repetitions, and where they end.

There is no free corpus of stuttered interview answers that may be kept here, so this one is made:
spoken phrases of a synthetic voice, joined by silences drawn from a stated model of pauses. Every
number below is an assumption, chosen to be hard rather than flattering, and seeded.

- An answer has 5 to 15 phrases of 3 to 9 words.
- A pause after a phrase: of ten, eight are log-normal around 0.45 s (sigma 0.5), two are thinking
  pauses around 0.9 s (sigma 0.55): one in thirty lasts longer than 1.5 s.
- Half of the speakers stutter, and then in each of their answers: after a phrase, with a chance of
  0.15, a silent block takes the place of the pause, log-normal around 2 s (sigma 0.75), at most
  10 s; before a phrase, with a chance of 0.3, its first 120 to 280 ms are repeated two to four
  times with gaps of 80 to 300 ms; inside a phrase, with a chance of 0.1, 60 ms are drawn out to
  0.5 to 2.5 s.
- A speaker gives ten answers in a row. Noise of -62 dBFS lies under everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.sandbox.speaking import pcm16k

RATE = 16_000
SPEAKERS, ANSWERS = 100, 10
Samples = NDArray[np.int16]

_TEXT = (
    "we built the import for twelve suppliers and it ran every night then the orders came late so "
    "I looked at the log first because nobody knew where the time went after that I moved the "
    "table to a new machine my part was the queue between both systems it took about three weeks "
    "until the numbers were right one of them had changed the format without telling us and I "
    "wrote a test for it in the end the team used it for all other files too"
)
_WORDS = tuple(_TEXT.split(" "))
_PHRASES = 120
_LOUD = 300


@dataclass(frozen=True)
class Answer:
    """One answer: its sound begins with speech and ends with silence after `end_s`."""

    speaker: int
    stutters: bool
    pcm: Samples
    end_s: float
    """Where the last word ends."""


def answers(
    seed: int = 20261123, speakers: int = SPEAKERS, each: int = ANSWERS, tail_s: float = 12.0
) -> Iterator[Answer]:
    """Yield the answers of one speaker after the other; every second speaker stutters."""
    rng = np.random.default_rng(seed)
    phrases = _phrases(rng)
    for speaker in range(speakers):
        stutters = speaker % 2 == 1
        for _ in range(each):
            sound = np.concatenate(list(_parts(rng, phrases, stutters=stutters)))
            tail = np.zeros(int(RATE * tail_s), np.int16)
            noise = rng.normal(0, 26, len(sound) + len(tail)).astype(np.int16)
            pcm = np.concatenate([sound, tail]) + noise
            yield Answer(speaker, stutters, pcm, len(sound) / RATE)


def _parts(
    rng: np.random.Generator, phrases: list[Samples], *, stutters: bool
) -> Iterator[Samples]:
    count = int(rng.integers(5, 16))
    for number in range(count):
        phrase = phrases[int(rng.integers(len(phrases)))]
        if stutters and rng.random() < 0.3:
            yield from _repeated(rng, phrase)
        yield _drawn_out(rng, phrase) if stutters and rng.random() < 0.1 else phrase
        if number < count - 1:
            yield _silence(_pause_s(rng, stutters=stutters))


def _pause_s(rng: np.random.Generator, *, stutters: bool) -> float:
    if stutters and rng.random() < 0.15:
        return min(10.0, 2.0 * float(np.exp(0.75 * rng.standard_normal())))
    if rng.random() < 0.2:
        return 0.9 * float(np.exp(0.55 * rng.standard_normal()))
    return 0.45 * float(np.exp(0.5 * rng.standard_normal()))


def _repeated(rng: np.random.Generator, phrase: Samples) -> Iterator[Samples]:
    start = phrase[: int(RATE * rng.uniform(0.12, 0.28))]
    for _ in range(int(rng.integers(2, 5))):
        yield start
        yield _silence(float(rng.uniform(0.08, 0.3)))


def _drawn_out(rng: np.random.Generator, phrase: Samples) -> Samples:
    """Repeat 60 ms around the loudest place, so that they run into each other."""
    grain = int(RATE * 0.06)
    centre = int(np.abs(phrase.astype(np.int32)).argmax())
    start = min(max(centre - grain // 2, 0), len(phrase) - grain)
    window = np.hanning(grain)
    times = int(rng.uniform(0.5, 2.5) / 0.03)
    drawn = np.zeros(grain // 2 * (times + 1) + grain)
    for number in range(times):
        at = number * grain // 2
        drawn[at : at + grain] += phrase[start : start + grain] * window
    return np.concatenate([phrase[:start], drawn.astype(np.int16), phrase[start:]])


def _silence(seconds: float) -> Samples:
    return np.zeros(int(RATE * seconds), np.int16)


def _phrases(rng: np.random.Generator) -> list[Samples]:
    phrases = []
    for _ in range(_PHRASES):
        first = int(rng.integers(len(_WORDS) - 9))
        text = " ".join(_WORDS[first : first + int(rng.integers(3, 10))])
        samples = np.frombuffer(pcm16k(text), np.int16)
        loud = np.flatnonzero(np.abs(samples) > _LOUD)
        phrases.append(samples[loud[0] : loud[-1]])
    return phrases
