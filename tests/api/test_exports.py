"""Files of a recording to take away, and a recording that is heard while it is made."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import delete, select
from temporalio.testing import WorkflowEnvironment

from api.context import Context
from api.limits import LIVE_LISTENERS
from interloop.bootstrap import build
from interloop.db.tables import AuditEntry, Interview, InterviewState, Recording, Segment
from interloop.domain.clock import SystemClock
from interloop.domain.errors import NotFound
from interloop.domain.ids import new_id
from interloop.domain.recording import ExportInput, SegmentSource
from interloop.domain.roles import Role
from interloop.integrations.audio.port import MediaFile
from interloop.recording.container import SegmentWriter, place_of_segment
from interloop.recording.live import LiveRecording, listen_in
from interloop.security.sealed_file import seal_file
from interloop.security.sealing import KeyClass, place_of
from interloop.services import Services
from interloop.settings import Settings
from interloop.temporal.client import connect
from tests.api.conftest import Org, bearer
from tests.api.working import at
from tests.api.world import SOUND, Case, make_case
from tests.journeys.world import until
from tests.support.film import mixed, picture, sounds, streams_of, voice
from workflows.ids import export_id
from workflows.start import start_export
from workflows.worker import make_worker

Json = Any


@pytest.fixture
def settings(settings: Settings, temporal: WorkflowEnvironment) -> Settings:
    return at(temporal, settings)


@pytest.fixture
async def services(settings: Settings) -> AsyncIterator[Services]:
    built = await build(settings, SystemClock())
    yield built
    await built.close()


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    return await make_case(services, ours)


@pytest.fixture
async def film(services: Services, case: Case) -> MediaFile:
    """Two seconds of film, as the recording of the case."""
    made = mixed(services.audio, voice(0, 2.0), voice(500, 1.0), picture(0, 2.0), 2000)
    box = await services.keys.box(case.org.id, case.candidate_id, KeyClass.media)
    async with services.db.session(case.org.id) as session:
        row = (await session.scalars(select(Recording))).one()
        row.media_type = made.media_type
        assert row.object_key
        place = place_of("recording", "object", row.id)
        await services.storage.put(row.object_key, seal_file(made.data, box, place=place))
    return made


Ask = Callable[[str], Awaitable[httpx2.Response]]


@pytest.fixture
def ask(http: httpx2.AsyncClient, context: Context, case: Case) -> Ask:
    """Ask for a file as the recruiter of the job."""
    headers = bearer(context, case.members[Role.recruiter])

    async def asking(wanted: str) -> httpx2.Response:
        url = f"/api/interviews/{case.interview_id}/exports"
        return await http.post(url, headers=headers, json={"format": wanted})

    return asking


@pytest.fixture
def get(http: httpx2.AsyncClient, context: Context, case: Case) -> Ask:
    """Get something as the recruiter of the job."""
    headers = bearer(context, case.members[Role.recruiter])

    async def getting(url: str) -> httpx2.Response:
        return await http.get(url, headers=headers)

    return getting


async def ready(get: Ask, case: Case, export_id: str, state: str = "ready") -> Json:
    """Wait until the file stands at this state; return what is told of it."""
    found: list[Json] = []

    async def there() -> bool:
        told = (await get(f"/api/interviews/{case.interview_id}/exports")).json()
        found[:] = [each for each in told if each["id"] == export_id]
        return bool(found) and found[0]["state"] == state

    await until(there)
    return found[0]


@pytest.fixture
async def worker(services: Services) -> AsyncIterator[None]:
    async with make_worker(await connect(services), services):
        yield


async def audited(services: Services, case: Case) -> set[str]:
    async with services.db.read(case.org.id) as session:
        return set(await session.scalars(select(AuditEntry.action)))


async def test_a_film_is_made_in_the_background_and_fetched(
    case: Case, film: MediaFile, worker: None, ask: Ask, get: Ask, services: Services
) -> None:
    asked = await ask("mp4")
    assert asked.status_code == 202
    told = await ready(get, case, asked.json()["id"])
    assert (await ask("mp4")).json()["id"] == told["id"]
    assert told["percent"] == 100
    fetched = await get(told["url"])
    assert fetched.headers["content-type"] == "video/mp4"
    assert fetched.headers["content-disposition"].endswith('.mp4"')
    assert len(fetched.content) == told["size"]
    assert len(streams_of(fetched.content)) == 2
    sealed = await services.storage.get(f"exports/{case.org.id}/{told['id']}")
    assert fetched.content[:64] not in sealed
    assert {"export.asked", "export.ready", "export.fetched"} <= await audited(services, case)


async def test_a_file_that_cannot_be_made_says_so_and_can_be_asked_for_again(
    case: Case, worker: None, ask: Ask, get: Ask
) -> None:
    asked = (await ask("mp4")).json()  # what the case holds is no media at all
    told = await ready(get, case, asked["id"], "failed")
    assert (told["failure"], told["url"]) == ("media_unreadable", None)
    assert (await ask("mp4")).json()["id"] != asked["id"]


async def test_a_file_is_taken_away_when_its_time_is_over(
    case: Case, worker: None, get: Ask, context: Context, services: Services
) -> None:
    url = f"/api/media/interviews/{case.interview_id}/exports/{case.export_id}"
    assert (await get(url)).content == SOUND
    given = ExportInput(
        org_id=case.org.id, export_id=case.export_id, expires_at=services.clock.now()
    )
    queue = services.settings.task_queue
    await start_export(context.journeys.client, given, task_queue=queue)
    await ready(get, case, str(case.export_id), "expired")
    gone = await get(url)
    assert (gone.status_code, gone.json()["code"]) == (410, "export_expired")
    with pytest.raises(NotFound):
        await services.storage.get(f"exports/{case.org.id}/{case.export_id}")


async def test_a_file_goes_with_the_history_that_alone_knew_when_it_has_to_go(
    case: Case, worker: None, get: Ask, services: Services, context: Context
) -> None:
    given = ExportInput(
        org_id=case.org.id,
        export_id=case.export_id,
        expires_at=services.clock.now() + timedelta(hours=1),
    )
    queue = services.settings.task_queue
    await start_export(context.journeys.client, given, task_queue=queue)
    making = context.journeys.client.get_workflow_handle(export_id(case.export_id))

    async def kept() -> bool:
        history = await making.fetch_history()
        return any(each.HasField("timer_started_event_attributes") for each in history.events)

    await until(kept)
    await making.cancel()
    await ready(get, case, str(case.export_id), "expired")
    with pytest.raises(NotFound):
        await services.storage.get(f"exports/{case.org.id}/{case.export_id}")


async def test_a_file_belongs_to_its_own_interview(
    case: Case, get: Ask, context: Context, http: httpx2.AsyncClient
) -> None:
    other = await make_case(context.services, case.org)
    headers = bearer(context, other.members[Role.recruiter])
    url = f"/api/media/interviews/{other.interview_id}/exports/{case.export_id}"
    assert (await http.get(url, headers=headers)).status_code == 404


class OnDisk:
    """A sink that holds no file open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)

    def append(self, data: bytes) -> None:
        with self._path.open("ab") as file:
            file.write(data)


async def grow(services: Services, case: Case, clock_ms: int) -> list[SegmentWriter]:
    """Let the call go on: no recording yet, and two open segments. Left 0 to 2 s, right 2 to 3."""
    box = await services.keys.box(case.org.id, case.candidate_id, KeyClass.media)
    writers = []
    async with services.db.session(case.org.id) as session:
        await session.execute(delete(Recording))
        await session.execute(delete(Segment))
        interview = await session.get_one(Interview, case.interview_id)
        interview.state, interview.clock_ms = InterviewState.live, clock_ms
        for source, packets in (
            (SegmentSource.candidate_audio, voice(0, 2.0)),
            (SegmentSource.interviewer_audio, voice(2000, 1.0)),
        ):
            row = Segment(
                id=new_id(),
                interview_id=case.interview_id,
                epoch=1,
                source=source,
                codec="opus",
                object_key=f"segments/{case.org.id}/{source.value}.ilr",
                start_ms=0,
                created_at=services.clock.now(),
            )
            session.add(row)
            sink = OnDisk(services.settings.recordings_dir / row.object_key)
            writers.append(SegmentWriter(sink, box, place_of_segment(row.id)))
            for packet in packets:
                writers[-1].add(packet)
            writers[-1].seal()
    return writers


async def end_call(services: Services, case: Case) -> None:
    async with services.db.session(case.org.id) as session:
        row = await session.get_one(Interview, case.interview_id)
        row.state = InterviewState.finished


async def test_a_recording_is_heard_while_it_grows_and_to_its_end(
    services: Services, case: Case
) -> None:
    writers = await grow(services, case, clock_ms=0)
    box = await services.keys.box(case.org.id, case.candidate_id, KeyClass.media)
    recording = LiveRecording(services, case.org.id, case.interview_id, box)
    await recording.look()
    stream = listen_in(services, recording, 500)
    heard = await anext(stream)
    assert heard.startswith(b"OggS")
    # The call goes on while somebody listens, then it ends.
    for packet in voice(5000, 1.0):
        writers[0].add(packet)
    writers[0].seal()
    await end_call(services, case)
    async for piece in stream:
        heard += piece
    left, right = sounds(heard)
    assert len(left) == 55
    assert (left[:14].all(), left[16:44].any(), left[46:54].all()) == (True, False, True)
    assert (right[:14].any(), right[16:24].all(), right[26:].any()) == (False, True, False)


async def test_no_more_listen_at_once_than_a_process_can_mix_for(
    services: Services, case: Case, get: Ask, context: Context
) -> None:
    await grow(services, case, clock_ms=4000)
    box = await services.keys.box(case.org.id, case.candidate_id, KeyClass.media)
    recording = LiveRecording(services, case.org.id, case.interview_id, box)
    await recording.look()
    streams = [
        context.limits.listening(listen_in(services, recording, 0)) for _ in range(LIVE_LISTENERS)
    ]
    for stream in streams:
        await anext(stream)
    url = f"/api/media/interviews/{case.interview_id}/live"
    refused = await get(url)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_listeners")
    for stream in streams:
        await stream.aclose()
    await end_call(services, case)
    assert (await get(url)).status_code == 200


async def test_staff_hear_what_is_there_until_the_whole_recording_stands(
    services: Services, case: Case, get: Ask
) -> None:
    url = f"/api/media/interviews/{case.interview_id}/live"
    over = await get(url)
    assert (over.status_code, over.json()["code"]) == (409, "recording_finished")
    await grow(services, case, clock_ms=4000)
    page = (await get(f"/api/interviews/{case.interview_id}")).json()
    assert page["live"] == {"url": url, "recorded_ms": 4000}
    assert page["recording"] is None
    await end_call(services, case)
    played = await get(f"{url}?from_ms=1000")
    assert played.headers["content-type"] == "audio/ogg"
    left, right = sounds(played.content)
    assert (left[:9].all(), left[11:].any()) == (True, False)
    assert (right[:9].any(), right[11:19].all()) == (False, True)
    assert "recording.played_live" in await audited(services, case)
