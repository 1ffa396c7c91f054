"""Every private name of aiortc and aioice that we touch; a contract test guards them.

aiortc 1.16 decodes on a thread of its own behind a jitter buffer that adds 80 ms and stalls for
320 ms at a lost packet. We take each packet before both.
"""

from collections.abc import Callable
from typing import Protocol

import aioice.ice
from aiortc import RTCRtpReceiver

_JITTER = "_RTCRtpReceiver__jitter_buffer"
Take = Callable[[int, int, bytes], None]
"""Sequence number (16 bit), RTP timestamp (32 bit), payload."""


class _RtpPacket(Protocol):
    sequence_number: int
    timestamp: int
    _data: bytes


class _Tap:
    """Stands where the jitter buffer stood; nothing reaches the decoder."""

    def __init__(self, take: Take) -> None:
        self._take = take

    def add(self, packet: _RtpPacket) -> tuple[bool, None]:
        self._take(packet.sequence_number, packet.timestamp, packet._data)  # noqa: SLF001 - the point
        return False, None


def tap_audio(receiver: RTCRtpReceiver, take: Take) -> None:
    """Have every audio packet of this receiver handed to `take`, in order of arrival.

    Call it in the "track" event: the receiver starts after that.
    """
    if not hasattr(receiver, _JITTER):
        raise RuntimeError("aiortc has changed: no jitter buffer to replace")
    setattr(receiver, _JITTER, _Tap(take))


def ignore(receiver: RTCRtpReceiver) -> None:
    """Drop what this receiver gets: an unread track would fill the memory."""
    receiver._enabled = False  # noqa: SLF001 - there is no public switch


def offer_loopback() -> None:
    """Let ICE offer 127.0.0.1 too: a machine without a network has nothing else."""
    gather = aioice.ice.get_host_addresses
    if getattr(gather, "with_loopback", False):
        return

    def addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:  # noqa: FBT001 - its signature
        return [*gather(use_ipv4, use_ipv6), *(["127.0.0.1"] if use_ipv4 else [])]

    addresses.with_loopback = True  # type: ignore[attr-defined]
    aioice.ice.get_host_addresses = addresses
