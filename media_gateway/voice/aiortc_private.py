"""Every private name of aiortc and aioice that we touch; a contract test guards them.

aiortc 1.16 decodes on a thread of its own behind a jitter buffer: for sound it adds 80 ms and
stalls for 320 ms at a lost packet, for pictures it stalls until 512 packets wait. We take each
packet before both. Its estimate of the line follows what arrives, so a sender that starts small
stays small (measured: 240 kbit/s for good on a perfect line); we take it out.
"""

from collections.abc import Callable
from typing import Protocol

import aioice.ice
from aiortc import RTCRtpReceiver

from media_gateway.video.frames import VideoPacket, begins_frame

_JITTER = "_RTCRtpReceiver__jitter_buffer"
_ESTIMATOR = "_RTCRtpReceiver__remote_bitrate_estimator"
_STREAMS = "_RTCRtpReceiver__remote_streams"
Take = Callable[[int, int, bytes], None]
"""Sequence number (16 bit), RTP timestamp (32 bit), payload."""

TakeVideo = Callable[[VideoPacket], bool]
"""Tells whether a key frame is wanted now."""


class _RtpPacket(Protocol):
    sequence_number: int
    timestamp: int
    marker: int
    payload: bytes
    _data: bytes


class _Stream(Protocol):
    packets_expected: int
    packets_received: int


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


class _VideoTap:
    """Stands where the jitter buffer stood; its first answer is whether to send a PLI."""

    def __init__(self, take: TakeVideo) -> None:
        self._take = take

    def add(self, packet: _RtpPacket) -> tuple[bool, None]:
        data: bytes = packet._data  # noqa: SLF001 - the point
        wants_key = self._take(
            VideoPacket(
                packet.sequence_number,
                packet.timestamp,
                first=begins_frame(packet.payload),
                last=bool(packet.marker),
                data=data,
            )
        )
        return wants_key, None


def tap_video(receiver: RTCRtpReceiver, take: TakeVideo) -> None:
    """Have every VP8 packet of this receiver handed to `take`, and no estimate sent to the page.

    Lost packets are still asked for again. Call it in the "track" event.
    """
    if not hasattr(receiver, _JITTER) or not hasattr(receiver, _ESTIMATOR):
        raise RuntimeError("aiortc has changed: no jitter buffer or estimator to replace")
    setattr(receiver, _JITTER, _VideoTap(take))
    setattr(receiver, _ESTIMATOR, None)


def counted(receiver: RTCRtpReceiver) -> tuple[int, int]:
    """Return how many packets were expected and how many came, since the connection began."""
    streams: dict[int, _Stream] = getattr(receiver, _STREAMS)
    expected = sum(stream.packets_expected for stream in streams.values())
    return expected, sum(stream.packets_received for stream in streams.values())


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
