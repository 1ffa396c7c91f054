"""A candidate's device heals its recording: what is missing, what is taken, and from whom."""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from api.context import Context
from api.links import candidate_token
from api.pieces import TAKEN_FOR
from interloop.db.tables import (
    Interview,
    InterviewState,
    PurposeConsent,
    Recording,
    RecordingState,
    Segment,
    SegmentKind,
    SegmentSource,
)
from interloop.domain.clock import FixedClock
from interloop.domain.ids import new_id
from interloop.integrations.audio.port import Packet
from interloop.recording.container import SegmentWriter, place_of_segment
from interloop.recording.finalise import finalise
from interloop.recording.healing import heal, unhealed
from interloop.recording.sink import FileSink
from interloop.security.sealing import ERASED_CLASSES, KeyClass
from interloop.services import Services
from tests.api.conftest import Org
from tests.api.world import Case, make_case

STEP = 20
SILENCE = b"\xf8\xff\xfe"
"""20 ms of silence: CELT, fullband, mono (RFC 6716, 3.1)."""


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    made = await make_case(services, ours)
    await set_interview(services, made, state=InterviewState.live, clock_ms=64_000)
    await agree(services, made, given=True)
    return made


@pytest.fixture
def headers(context: Context, case: Case) -> dict[str, str]:
    return bearer_of(context, case)


def bearer_of(context: Context, case: Case) -> dict[str, str]:
    token = candidate_token(context, case.org.id, case.application_id)
    return {"authorization": f"Bearer {token}"}


async def set_interview(services: Services, case: Case, **values: object) -> None:
    values.setdefault("joined_at", services.clock.now())
    async with services.db.session(case.org.id) as session:
        row = await session.get_one(Interview, case.interview_id)
        for name, value in values.items():
            setattr(row, name, value)


async def agree(services: Services, case: Case, *, given: bool, purpose: str = "recording") -> None:
    async with services.db.session(case.org.id) as session:
        session.add(
            PurposeConsent(
                id=new_id(),
                application_id=case.application_id,
                purpose=purpose,
                given=given,
                created_at=services.clock.now(),
            )
        )


async def record(services: Services, case: Case, times: Iterable[int], *, epoch: int = 1) -> None:
    """Have a gateway record silence at these times."""
    await archive(services, case, [Packet(at_ms, SILENCE) for at_ms in sorted(times)], epoch=epoch)


async def archive(
    services: Services,
    case: Case,
    packets: Sequence[Packet],
    *,
    epoch: int = 1,
    source: SegmentSource = SegmentSource.candidate_audio,
) -> None:
    """Have a gateway record these packets."""
    async with services.db.session(case.org.id) as session:
        segment_id = new_id()
        key = f"segments/{case.org.id}/{case.interview_id}/{segment_id}.ilr"
        session.add(
            Segment(
                id=segment_id,
                interview_id=case.interview_id,
                epoch=epoch,
                source=source,
                codec="opus",
                object_key=key,
                start_ms=packets[0].at_ms,
                created_at=services.clock.now(),
            )
        )
    box = await services.keys.box(case.org.id, case.candidate_id, KeyClass.media)
    sink = FileSink(Path(services.settings.recordings_dir) / key)
    writer = SegmentWriter(sink, box, place_of_segment(segment_id))
    for packet in packets:
        writer.add(packet)
    writer.seal()
    sink.close()


def piece(start_ms: int, end_ms: int) -> bytes:
    packets = (
        struct.pack(">II", at, len(SILENCE)) + SILENCE for at in range(start_ms, end_ms, STEP)
    )
    return b"".join(packets)


def address(case: Case, data: bytes | None = None) -> str:
    base = f"/api/candidate/interviews/{case.interview_id}/recording"
    if data is None:
        return base
    return f"{base}/pieces/{hashlib.sha256(data).hexdigest()}?epoch=1&error_ms=12"


async def send(
    http: httpx2.AsyncClient, case: Case, data: bytes, headers: dict[str, str]
) -> httpx2.Response:
    typed = {**headers, "content-type": "application/octet-stream"}
    return await http.put(address(case, data), content=data, headers=typed)


async def device_rows(services: Services, case: Case) -> list[Segment]:
    async with services.db.read(case.org.id) as session:
        statement = select(Segment).where(
            Segment.interview_id == case.interview_id, Segment.kind == SegmentKind.device
        )
        return list(await session.scalars(statement))


async def test_a_device_is_told_what_did_not_arrive_while_the_call_goes_on(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    await record(services, case, range(0, 20_000, STEP))
    await record(services, case, range(40_000, 64_000, STEP), epoch=2)
    told = (await http.get(address(case), headers=headers)).json()
    assert told == {
        "missing": [{"start_ms": 20_000, "end_ms": 40_000}],
        "missing_picture": [],
        "settled_ms": 60_000,
        "over": False,
    }


async def test_one_lost_packet_is_missing_too(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    await record(services, case, [at for at in range(0, 64_000, STEP) if at != 30_000])
    told = (await http.get(address(case), headers=headers)).json()
    assert told["missing"] == [{"start_ms": 30_000, "end_ms": 30_020}]


async def test_a_piece_that_was_sent_is_no_longer_missing_and_twice_is_once(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    await record(services, case, range(0, 20_000, STEP))
    await record(services, case, range(22_000, 64_000, STEP), epoch=2)
    data = piece(20_000, 22_000)
    first, second = [await send(http, case, data, headers) for _ in range(2)]
    assert (first.json(), second.json()) == ({"kept": True}, {"kept": False})
    told = (await http.get(address(case), headers=headers)).json()
    assert told["missing"] == []
    [row] = await device_rows(services, case)
    assert (row.start_ms, row.end_ms, row.epoch, row.clock_error_ms) == (20_000, 22_000, 0, 12)
    stored = await services.storage.get(row.object_key)
    assert SILENCE not in stored


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 7,
        piece(0, 2000)[:-1],
        piece(2000, 2040) + piece(0, 40),
        piece(0, 40) + piece(5000, 5040),
        piece(0, 12_000),
        struct.pack(">II", 0, 0),
    ],
)
async def test_what_is_no_piece_is_refused(
    http: httpx2.AsyncClient, case: Case, headers: dict[str, str], data: bytes
) -> None:
    refused = await send(http, case, data, headers)
    assert refused.status_code == 422


async def test_a_piece_that_was_altered_on_its_way_is_refused(
    http: httpx2.AsyncClient, case: Case, headers: dict[str, str]
) -> None:
    data = piece(0, 2000)
    typed = {**headers, "content-type": "application/octet-stream"}
    other = data[:-1] + bytes([data[-1] ^ 1])
    refused = await http.put(address(case, data), content=other, headers=typed)
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_piece")


async def test_nobody_hands_in_a_voice_for_another_candidate(
    http: httpx2.AsyncClient, services: Services, context: Context, case: Case, ours: Org
) -> None:
    other = await make_case(services, ours)
    data, headers = piece(0, 2000), bearer_of(context, other)
    refused = await send(http, case, data, headers)
    asked = await http.get(address(case), headers=headers)
    assert (refused.status_code, asked.status_code) == (404, 404)


async def test_a_voice_is_taken_from_those_only_who_agreed_to_be_recorded(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    await agree(services, case, given=False)
    refused = await send(http, case, piece(0, 2000), headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "consent_first")


async def test_pieces_are_taken_for_a_week_and_not_after_erasure(
    http: httpx2.AsyncClient,
    services: Services,
    case: Case,
    context: Context,
    clock: FixedClock,
) -> None:
    now = services.clock.now()
    await set_interview(services, case, state=InterviewState.finished, finished_at=now)
    clock.at += TAKEN_FOR - timedelta(minutes=1)
    headers = bearer_of(context, case)
    assert (await send(http, case, piece(0, 2000), headers)).status_code == 200
    await services.keys.destroy(case.org.id, case.candidate_id, ERASED_CLASSES)
    assert (await send(http, case, piece(2000, 4000), headers)).status_code == 410
    clock.at += timedelta(minutes=2)
    late = await send(http, case, piece(4000, 6000), bearer_of(context, case))
    assert (late.status_code, late.json()["code"]) == (410, "recording_closed")


async def test_a_copy_is_made_anew_when_pieces_come_in_after_the_end(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    async with services.db.session(case.org.id) as session:
        await session.delete(await session.scalar(select(Recording)))
    await record(services, case, [*range(0, 5000, STEP), *range(9000, 12_000, STEP)])
    now = services.clock.now()
    await set_interview(
        services, case, state=InterviewState.finished, finished_at=now, clock_ms=12_000
    )
    await finalise(services, case.org.id, case.interview_id)
    before = await recording(services, case)
    assert before.gap_ms == 4000
    assert not await heal(services, case.org.id, case.interview_id)
    for start in (5000, 7000):
        assert (await send(http, case, piece(start, start + 2000), headers)).json()["kept"]
    assert await unhealed(services, case.org.id) == [case.interview_id]
    assert await heal(services, case.org.id, case.interview_id)
    after = await recording(services, case)
    assert (after.gap_ms, after.duration_ms) == (0, before.duration_ms)
    assert after.manifest is not None
    assert after.manifest.filled_ms == 4000
    assert not await heal(services, case.org.id, case.interview_id)
    assert await unhealed(services, case.org.id) == []


async def test_no_copy_is_made_of_a_call_that_goes_on(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    await send(http, case, piece(0, 2000), headers)
    assert not await heal(services, case.org.id, case.interview_id)


async def recording(services: Services, case: Case) -> Recording:
    async with services.db.read(case.org.id) as session:
        statement = select(Recording).where(Recording.interview_id == case.interview_id)
        found: Recording = (await session.execute(statement)).scalar_one()
        assert found.state is RecordingState.finalised
        return found
