"""A candidate's device heals their picture too: what is asked for, what is taken, and from whom."""

import hashlib
import io
import struct
from collections.abc import Sequence

import av
import httpx2
import pytest
from sqlalchemy import select

from api.context import Context
from interloop.db.tables import InterviewState, Recording, SegmentSource
from interloop.integrations.audio.port import Packet
from interloop.recording.finalise import finalise
from interloop.recording.healing import heal
from interloop.recording.listening import open_listening_copy
from interloop.services import Services
from tests.api.conftest import Org
from tests.api.test_pieces import (
    STEP,
    agree,
    archive,
    bearer_of,
    device_rows,
    record,
    recording,
    set_interview,
)
from tests.api.world import Case, make_case
from tests.support.film import picture

BRIGHT, DARK = 200, 40
FILM = SegmentSource.candidate_video


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    made = await make_case(services, ours)
    await set_interview(services, made, state=InterviewState.live, clock_ms=24_000)
    for purpose in ("recording", "video"):
        await agree(services, made, given=True, purpose=purpose)
    return made


@pytest.fixture
def headers(context: Context, case: Case) -> dict[str, str]:
    return bearer_of(context, case)


def packed(pictures: Sequence[Packet]) -> bytes:
    return b"".join(struct.pack(">II", p.at_ms, len(p.data)) + p.data for p in pictures)


async def send(
    http: httpx2.AsyncClient, case: Case, data: bytes, headers: dict[str, str]
) -> httpx2.Response:
    base = f"/api/candidate/interviews/{case.interview_id}/recording/pieces"
    typed = {**headers, "content-type": "application/octet-stream"}
    digest = hashlib.sha256(data).hexdigest()
    asked = f"{base}/{digest}?epoch=1&error_ms=12&source=camera"
    return await http.put(asked, content=data, headers=typed)


async def lacks(
    http: httpx2.AsyncClient, case: Case, headers: dict[str, str]
) -> list[dict[str, int]]:
    """Return what the server lacks of the picture."""
    base = f"/api/candidate/interviews/{case.interview_id}/recording?picture=true"
    answer = (await http.get(base, headers=headers)).raise_for_status()
    found: list[dict[str, int]] = answer.json()["missing_picture"]
    return found


async def test_a_picture_that_did_not_arrive_is_asked_for_until_it_is_here(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    await record(services, case, range(0, 24_000, STEP))
    await archive(services, case, [*picture(0, 8.0), *picture(10_000, 11.0)], source=FILM)
    assert await lacks(http, case, headers) == [{"start_ms": 7920, "end_ms": 10_000}]
    kept = await send(http, case, packed(picture(8000, 2.0)), headers)
    assert kept.json() == {"kept": True}
    assert await lacks(http, case, headers) == []
    [row] = await device_rows(services, case)
    assert (row.source, row.codec, row.start_ms, row.clock_error_ms) == (FILM, "vp8", 8000, 12)


async def test_a_film_that_goes_on_without_a_picture_of_its_own_has_lost_nothing(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    slow = [Packet(p.at_ms + (p.at_ms >= 5000) * 4000, p.data) for p in picture(0, 17.0)]
    await archive(services, case, slow, source=FILM)
    assert await lacks(http, case, headers) == []


NO_PIECES = {
    "sound": packed([Packet(0, b"\xf8\xff\xfe")]),
    "a picture that leans on another": packed(picture(0, 1.0)[1:]),
    "a hole inside": packed([*picture(0, 1.0), *picture(4000, 1.0)]),
    "cut off": packed(picture(0, 1.0))[:-1],
}


@pytest.mark.parametrize("data", NO_PIECES.values(), ids=NO_PIECES.keys())
async def test_what_is_no_film_is_refused(
    http: httpx2.AsyncClient, case: Case, headers: dict[str, str], data: bytes
) -> None:
    refused = await send(http, case, data, headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_piece")


async def test_a_picture_is_taken_from_those_only_who_agreed_to_that(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    await agree(services, case, given=False, purpose="video")
    refused = await send(http, case, packed(picture(0, 2.0)), headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "consent_first")
    assert await lacks(http, case, headers) == []
    assert await device_rows(services, case) == []


async def test_the_copy_shows_what_was_kept_where_the_line_lost_it(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    async with services.db.session(case.org.id) as session:
        await session.delete(await session.scalar(select(Recording)))
    await record(services, case, range(0, 9000, STEP))
    own = [*picture(0, 3.0, shade=BRIGHT), *picture(6000, 3.0, shade=BRIGHT)]
    await archive(services, case, own, source=FILM)
    now = services.clock.now()
    await set_interview(services, case, state=InterviewState.finished, finished_at=now)
    await finalise(services, case.org.id, case.interview_id)
    before = await recording(services, case)
    assert before.manifest is not None
    assert [gap.source for gap in before.manifest.gaps] == [FILM]
    for start in (2000, 4000):
        await send(http, case, packed(picture(start, 2.0, shade=DARK)), headers)
    assert await heal(services, case.org.id, case.interview_id)
    after = await recording(services, case)
    assert after.manifest is not None
    assert (after.manifest.gaps, after.manifest.filled_ms) == ((), 0)
    assert after.manifest.picture_filled_ms in range(2900, 3200)
    clocks = {c.clock_error_ms for c in after.manifest.segments if c.kind.value == "device"}
    assert clocks == {12}
    dark = await darkness(services, case)
    assert dark == [False] * 30 + [True] * 30 + [False] * 30


async def darkness(services: Services, case: Case) -> list[bool]:
    """Return for each tenth of a second of the copy whether its first picture is dark."""
    copy = await open_listening_copy(services, case.org.id, case.interview_id)
    shades: dict[int, bool] = {}
    with av.open(io.BytesIO(await copy.read(0, copy.size)), "r") as file:
        for frame in file.decode(video=0):
            dark = float(frame.to_ndarray(format="gray").mean()) < (BRIGHT + DARK) / 2
            shades.setdefault(int((frame.time or 0) * 10 + 1e-6), dark)
    assert sorted(shades) == list(range(90))
    return [shades[tenth] for tenth in range(90)]
