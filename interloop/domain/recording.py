"""What a recording is made of: streams, where their pieces come from, and what is missing."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from interloop.domain.base import Value


class SegmentSource(StrEnum):
    """Which stream a segment holds."""

    candidate_audio = "candidate_audio"
    interviewer_audio = "interviewer_audio"
    candidate_video = "candidate_video"


class SegmentKind(StrEnum):
    """Who recorded it: the gateway as it arrived, or the candidate's own device."""

    gateway = "gateway"
    device = "device"


class DeviceSource(StrEnum):
    """What of themselves a candidate's device keeps."""

    microphone = "microphone"
    camera = "camera"


class GapReason(StrEnum):
    """Why nothing was recorded there, as far as that is known."""

    paused = "paused"
    """The candidate paused: nothing was to be recorded."""
    line_away = "line_away"
    """Nothing arrived from the candidate."""
    gateway_lost = "gateway_lost"
    """The gateway was lost; another took the call over."""
    disk_behind = "disk_behind"
    """It arrived, but could not be written in time."""
    no_picture = "no_picture"
    """Camera off, or the line carried the voice alone."""


class Gap(Value):
    """A stretch [start, end) of one stream without a recording, in ms on the interview clock."""

    source: SegmentSource
    start_ms: int
    end_ms: int
    reason: GapReason


class SegmentState(StrEnum):
    """What verifying a segment found; one that was altered stops the whole recording."""

    whole = "whole"
    """Closed with its index; checksum and numbers agree."""
    torn = "torn"
    """Never closed; readable up to its last sealed record."""
    missing = "missing"
    """Not one byte was written before its gateway was lost."""


class SegmentCheck(Value):
    """One verified segment."""

    segment_id: UUID
    source: SegmentSource
    kind: SegmentKind
    epoch: int
    state: SegmentState
    packets: int
    clock_error_ms: int | None = None
    """How far a device's clock may lie beside the interview's; none of a gateway's own."""


class Manifest(Value):
    """What the finished recording was made of, and what is not in it."""

    segments: tuple[SegmentCheck, ...] = ()
    gaps: tuple[Gap, ...] = ()
    filled_ms: int = 0
    """How much of the candidate's voice came from their own device."""
    picture_filled_ms: int = 0
    """How much of their picture did."""


class ExportFormat(StrEnum):
    """What a recording can be taken away as."""

    ogg = "ogg"
    """The two voices, Opus."""
    webm = "webm"
    """As recorded: VP8 (where there is a picture) and Opus."""
    mp4 = "mp4"
    """Encoded anew for players that know nothing else: H.264 and AAC."""


class ExportState(StrEnum):
    """How far a download is."""

    queued = "queued"
    making = "making"
    ready = "ready"
    failed = "failed"
    expired = "expired"


EXPORT_KEPT = timedelta(hours=24)
"""So long a made file can be fetched; then it is made anew."""


class ExportInput(Value):
    """Makes one asked-for file, and takes it away again at an instant."""

    org_id: UUID
    export_id: UUID
    expires_at: datetime


class ExportFailure(Value):
    """A file that could not be made; `code` is one of ours."""

    org_id: UUID
    export_id: UUID
    code: str
