"""What a device kept is moved to where the gateway placed the same sound."""

import numpy as np
import pytest
from numpy.typing import NDArray

from interloop.integrations.audio.aligning import lags
from interloop.integrations.audio.port import Packet
from media_gateway.voice.opus import Mouth
from tests.support.speech import spoken

RATE, STEP = 24_000, 20


def voice() -> NDArray[np.int16]:
    """Twelve seconds of speech at 24 kHz."""
    said = np.frombuffer(
        spoken("We compared both copies and found the rows that differ."), np.int16
    )
    at = np.arange(0, said.size - 1, 16_000 / RATE)
    return np.resize(np.interp(at, np.arange(said.size), said).astype(np.int16), RATE * 12)


@pytest.fixture(scope="module")
def said() -> NDArray[np.int16]:
    return voice()


def encoded(pcm: NDArray[np.int16], *, at_ms: int, phase_ms: int = 0) -> list[Packet]:
    """Encode from `phase_ms` on, by an encoder of its own; the first packet lies at `at_ms`."""
    mouth, size = Mouth(), RATE * STEP // 1000
    pcm = pcm[phase_ms * RATE // 1000 :]
    return [
        Packet(at_ms + n * STEP, mouth.say(pcm[n * size : (n + 1) * size].tobytes()))
        for n in range(pcm.size // size)
    ]


def pieces(packets: list[Packet]) -> list[list[Packet]]:
    return [packets[at : at + 100] for at in range(0, len(packets), 100)]


@pytest.mark.parametrize("late_ms", [-60, 0, 35, 240])
def test_the_way_through_the_network_is_found_to_the_millisecond(
    said: NDArray[np.int16], late_ms: int
) -> None:
    own = encoded(said, at_ms=1000 + late_ms)
    kept = pieces(encoded(said, at_ms=1007, phase_ms=7))
    found = lags(own, kept)
    assert all(abs(lag - late_ms) <= 2 for lag in found), found


def test_beside_a_long_hole_a_piece_moves_as_its_neighbours(said: NDArray[np.int16]) -> None:
    own = [p for p in encoded(said, at_ms=1000 + 80) if not 4000 < p.at_ms < 9000]
    found = lags(own, pieces(encoded(said, at_ms=1000)))
    assert all(abs(lag - 80) <= 2 for lag in found), found


def test_every_twentieth_packet_lost_is_enough_to_tell(said: NDArray[np.int16]) -> None:
    own = [p for n, p in enumerate(encoded(said, at_ms=1000 + 45)) if n % 20]
    found = lags(own, pieces(encoded(said, at_ms=1000)))
    assert all(abs(lag - 45) <= 2 for lag in found), found


def test_what_cannot_be_compared_stays_where_it_is(said: NDArray[np.int16]) -> None:
    kept = pieces(encoded(said, at_ms=1000))
    assert lags([], kept) == [0] * len(kept)
    noise = np.random.default_rng(1).normal(0, 3000, said.size).astype(np.int16)
    assert lags(encoded(noise, at_ms=1000), kept) == [0] * len(kept)
