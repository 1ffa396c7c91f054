"""Files of a recording: what stands in them, where, and in which format."""

import io

import av
import pytest

from interloop.domain.recording import ExportFormat
from interloop.integrations.audio.opus import OpusMixer
from interloop.integrations.audio.port import MediaFile
from tests.support.film import converted, mixed, picture, sounds, streams_of, voice

MIXER = OpusMixer()


def shades(data: bytes) -> list[tuple[float, int]]:
    """Return when each picture is shown, in s, and how bright it is."""
    with av.open(io.BytesIO(data), "r") as file:
        return [
            (round(frame.time or 0, 2), round(float(frame.to_ndarray(format="gray").mean())))
            for frame in file.decode(video=0)
        ]


@pytest.fixture(scope="module")
def film() -> MediaFile:
    """Voice from 0 to 1 s at the left, 2 to 3 s at the right; two pieces of film of two sizes."""
    pictures = picture(500, 1.0) + picture(3000, 1.0, size=(160, 90), shade=40)
    return mixed(MIXER, voice(0, 1.0), voice(2000, 1.0), pictures, 4000)


def test_a_picture_passes_through_in_its_place(film: MediaFile) -> None:
    assert film.media_type == "video/webm"
    assert len(streams_of(film.data)) == 2
    seen = shades(film.data)
    assert [at for at, _ in seen] == [
        *(0.5 + n / 10 for n in range(10)),
        *(3.0 + n / 10 for n in range(10)),
    ]
    assert seen[0][1] > 150
    assert seen[-1][1] < 100
    left, right = sounds(film.data)
    assert left[:9].all()
    assert not left[11:].any()
    assert right[21:29].all()
    assert not right[:19].any()


def test_the_index_stands_in_front_so_that_any_place_is_found_at_once(film: MediaFile) -> None:
    cues, cluster = film.data.find(b"\x1c\x53\xbb\x6b"), film.data.find(b"\x1f\x43\xb6\x75")
    assert 0 < cues < cluster


@pytest.mark.parametrize("pictured", [True, False], ids=["film", "voices"])
@pytest.mark.parametrize("wanted", ExportFormat)
def test_a_copy_becomes_every_format(
    film: MediaFile, wanted: ExportFormat, *, pictured: bool
) -> None:
    copy = film if pictured else mixed(MIXER, voice(0, 1.0), voice(2000, 1.0), [], 4000)
    told: list[float] = []
    made = converted(MIXER, copy, wanted, told.append)
    shown = pictured and wanted is not ExportFormat.ogg
    assert made.media_type == f"{'video' if shown else 'audio'}/{wanted.value}"
    assert len(streams_of(made.data)) == (2 if shown else 1)
    assert told == sorted(told)
    assert told[-1] == 1.0
    left, right = sounds(made.data)
    assert left[1:9].all()
    assert right[21:29].all()
    assert not right[:19].any()
    if shown:
        seen = shades(made.data)
        assert abs(seen[0][0] - 0.5) < 0.05
        assert abs(seen[-1][0] - 3.9) < 0.05
        assert seen[0][1] > 150
        assert seen[-1][1] < 100


def test_somebody_who_no_longer_waits_stops_the_work(film: MediaFile) -> None:
    class Enough(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.2:
            raise Enough

    with pytest.raises(Enough):
        converted(MIXER, film, ExportFormat.mp4, stop)


def test_a_growing_stream_plays_from_where_it_was_asked_for() -> None:
    live = MIXER.live(1000)
    data = live.add(voice(1000, 1.0), [], 1500)
    assert data.startswith(b"OggS")
    assert len(sounds(data)[0]) >= 1
    data += live.add([], voice(2000, 0.5), 2500) + live.end()
    left, right = sounds(data)
    assert left[:9].all()
    assert right[11:14].all()
    assert not right[:9].any()
    assert len(left) == 15
