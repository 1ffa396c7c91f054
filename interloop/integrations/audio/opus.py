"""Stereo Ogg/Opus behind the port; FFmpeg is loaded when the first copy is made."""

from collections.abc import Sequence

from interloop.integrations.audio.port import Packet


class OpusMixer:
    """Left: the first stream, right: the second."""

    media_type = "audio/ogg"

    def mix(self, left: Sequence[Packet], right: Sequence[Packet], duration_ms: int) -> bytes:
        """Make one file of both; see the port."""
        # Half a second to load, and only the worker ever mixes.
        from interloop.integrations.audio import mixing  # noqa: PLC0415

        return mixing.mix(left, right, duration_ms)
