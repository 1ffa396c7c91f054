"""Pieces that came in after the end are added by a run of their own, whoever starts it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import (
    Interview,
    InterviewState,
    Recording,
    Segment,
    SegmentKind,
    SegmentSource,
)
from interloop.domain.errors import Unavailable
from interloop.domain.ids import new_id
from interloop.domain.steps import InterviewRef
from interloop.integrations.audio.port import Packet
from interloop.recording.container import place_of_segment
from interloop.recording.listening import open_listening_copy
from interloop.recording.pieces import seal_piece
from interloop.security.sealing import KeyClass
from interloop.temporal.client import connect_lazily
from tests.journeys.world import World, working, world
from tests.support.databases import DatabaseUrls
from tests.support.film import picture
from workflows.ids import healing_id
from workflows.start import start_healing
from workflows.sweep import sweep

SILENCE = b"\xf8\xff\xfe"
"""20 ms of silence: CELT, fullband, mono (RFC 6716, 3.1)."""

NO_MORE = timedelta(seconds=20)
"""After so long a run has seen that no piece follows the last one."""


@pytest.fixture
async def here(skipping: WorkflowEnvironment, database_urls: DatabaseUrls) -> AsyncIterator[World]:
    """A world whose time is moved: a run waits for pieces that may follow."""
    async with world(skipping, database_urls) as opened:
        await opened.settle()
        async with working(opened):
            yield opened


async def finished_interview(here: World) -> InterviewRef:
    invitation = await here.invitation()
    async with here.services.db.session(here.org_id) as session:
        row = await session.get_one(Interview, invitation.interview_id)
        ended = here.services.clock.now() - timedelta(hours=1)
        row.state, row.joined_at, row.finished_at = InterviewState.finished, ended, ended
    return InterviewRef(org_id=here.org_id, interview_id=invitation.interview_id)


async def keep(here: World, ref: InterviewRef, start_ms: int) -> UUID:
    """Store two seconds of a device's voice as the API does."""
    packets = [Packet(at, SILENCE) for at in range(start_ms, start_ms + 2000, 20)]
    return await store(here, ref, packets, SegmentSource.candidate_audio)


async def store(
    here: World, ref: InterviewRef, packets: Sequence[Packet], source: SegmentSource
) -> UUID:
    box = await here.services.keys.box(here.org_id, here.candidate_id, KeyClass.media)
    segment_id = new_id()
    key = f"segments/{here.org_id}/{ref.interview_id}/{segment_id}.ilr"
    sealed = seal_piece(packets, box, place_of_segment(segment_id))
    await here.services.storage.put(key, sealed)
    await here.add(
        Segment(
            id=segment_id,
            interview_id=ref.interview_id,
            epoch=1,
            source=source,
            kind=SegmentKind.device,
            codec="opus" if source is SegmentSource.candidate_audio else "vp8",
            object_key=key,
            start_ms=packets[0].at_ms,
            end_ms=packets[-1].at_ms + 20,
            created_at=here.services.clock.now(),
        )
    )
    return segment_id


async def made_of(here: World, ref: InterviewRef) -> set[UUID]:
    async with here.services.db.read(here.org_id) as session:
        statement = select(Recording).where(Recording.interview_id == ref.interview_id)
        row = (await session.execute(statement)).scalar_one()
    assert row.manifest is not None
    return {check.segment_id for check in row.manifest.segments}


async def test_late_pieces_are_added_once_and_the_run_ends(
    here: World, skipping: WorkflowEnvironment
) -> None:
    ref = await finished_interview(here)
    first, second = await keep(here, ref, 0), await keep(here, ref, 2000)
    film = await store(here, ref, picture(1000, 2.0), SegmentSource.candidate_video)
    queue = here.services.settings.task_queue
    for _ in range(2):
        await start_healing(here.client, ref, task_queue=queue)
    handle = here.client.get_workflow_handle(healing_id(ref.interview_id))
    await skipping.fast_forward(handle, NO_MORE)
    assert await handle.result() == 1
    assert await made_of(here, ref) == {first, second, film}
    copy = await open_listening_copy(here.services, ref.org_id, ref.interview_id)
    assert copy.media_type == "video/webm"


async def test_the_sweep_adds_what_nobody_was_told_of(
    here: World, skipping: WorkflowEnvironment
) -> None:
    ref = await finished_interview(here)
    piece = await keep(here, ref, 0)
    await sweep(here.services, here.client)
    handle = here.client.get_workflow_handle(healing_id(ref.interview_id))
    await skipping.fast_forward(handle, NO_MORE)
    assert await handle.result() == 1
    assert await made_of(here, ref) == {piece}


async def test_while_temporal_is_away_nothing_is_started(here: World) -> None:
    ref = InterviewRef(org_id=here.org_id, interview_id=new_id())
    settings = here.services.settings.model_copy(update={"temporal_address": "127.0.0.1:1"})
    away = await connect_lazily(replace(here.services, settings=settings))
    with pytest.raises(Unavailable):
        await start_healing(away, ref, task_queue=settings.task_queue)
