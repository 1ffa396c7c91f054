"""A copy in another format: passed through where the format allows, encoded anew for MP4."""

from collections.abc import Callable
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container.input import InputContainer
from av.container.output import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from interloop.domain.recording import ExportFormat
from interloop.integrations.audio.port import Stream

_MS = Fraction(1, 1000)
_AAC_RATE = 96_000
_H264 = {"preset": "veryfast", "crf": "26", "threads": "1"}
"""One thread: the worker has other things to do."""

Progress = Callable[[float], None]


def convert(copy: Stream, wanted: ExportFormat, progress: Progress, out: Stream) -> str:
    """Write the copy in the wanted format; see the port."""
    with av.open(copy, "r") as source:
        pictured = bool(source.streams.video) and wanted is not ExportFormat.ogg
        told = _Told(source, progress)
        with av.open(out, "w", format=wanted.value) as target:
            if wanted is ExportFormat.mp4:
                _encode(source, target, told, pictured=pictured)
            else:
                _pass_through(source, target, told, pictured=pictured)
    progress(1.0)
    kind = "video" if pictured else "audio"
    return f"{kind}/{wanted.value}"


class _Told:
    """Tells how far the work is, by the time of what is being read."""

    def __init__(self, source: InputContainer, progress: Progress) -> None:
        self._length_s = (source.duration or 0) / av.time_base
        self._progress = progress

    def at(self, seconds: float | None) -> None:
        if seconds is not None and self._length_s > 0:
            self._progress(min(max(seconds / self._length_s, 0.0), 0.99))


def _pass_through(
    source: InputContainer, target: OutputContainer, told: _Told, *, pictured: bool
) -> None:
    streams = [source.streams.audio[0], *(source.streams.video[:1] if pictured else ())]
    copies = {stream.index: target.add_stream_from_template(stream) for stream in streams}
    for packet in source.demux(streams):
        if packet.dts is None:
            continue
        told.at(float(packet.dts * packet.time_base) if packet.time_base else None)
        packet.stream = copies[packet.stream.index]
        target.mux(packet)


def _encode(
    source: InputContainer, target: OutputContainer, told: _Told, *, pictured: bool
) -> None:
    film = _Film(target, source.streams.video[0]) if pictured else None
    voice = _Voice(target)
    streams = [source.streams.audio[0], *(source.streams.video[:1] if pictured else ())]
    for packet in source.demux(streams):
        for frame in packet.decode():
            if isinstance(frame, VideoFrame) and film is not None:
                told.at(frame.time)
                film.add(frame)
            elif isinstance(frame, AudioFrame):
                told.at(frame.time)
                voice.add(frame)
    voice.end()
    if film is not None:
        film.end()


class _Voice:
    def __init__(self, target: OutputContainer) -> None:
        stream = target.add_stream("aac", rate=48_000, layout="stereo")
        assert isinstance(stream, AudioStream)
        stream.bit_rate = _AAC_RATE
        self._target, self._stream = target, stream
        self._resampler = AudioResampler(format="fltp", layout="stereo", rate=48_000)

    def add(self, frame: AudioFrame | None) -> None:
        for out in self._resampler.resample(frame):
            self._target.mux(self._stream.encode(out))

    def end(self) -> None:
        self.add(None)
        self._target.mux(self._stream.encode(None))


class _Film:
    """One size for the whole film: the line may have made pictures smaller now and then."""

    def __init__(self, target: OutputContainer, source: VideoStream) -> None:
        stream = target.add_stream("libx264", rate=30, options=_H264)
        assert isinstance(stream, VideoStream)
        self._size = (source.width // 2 * 2, source.height // 2 * 2)
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = _MS
        self._target, self._stream, self._last_ms = target, stream, -1

    def add(self, frame: VideoFrame) -> None:
        width, height = self._size
        at_ms = round((frame.time or 0) * 1000)
        if at_ms <= self._last_ms:
            return
        out = frame.reformat(width=width, height=height, format="yuv420p")
        out.pts, out.time_base, self._last_ms = at_ms, _MS, at_ms
        self._target.mux(self._stream.encode(out))

    def end(self) -> None:
        self._target.mux(self._stream.encode(None))
