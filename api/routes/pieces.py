"""The candidate's own device heals its recording: what is missing, and pieces that fill it."""

import asyncio
import hashlib
from typing import Annotated
from uuid import UUID

from fastapi import Body, Path, Query

from api import pieces
from api.access import CANDIDATE, Routes
from api.callers import CandidateDep
from api.context import Ctx
from api.shapes.pieces import OwnRecordingOut, PieceOut, SpanOut
from interloop.db.tables import InterviewState, SegmentSource
from interloop.domain.errors import Forbidden, Unreadable
from interloop.domain.recording import DeviceSource
from interloop.recording.container import place_of_segment
from interloop.recording.merge import FRAME_MS
from interloop.recording.pieces import read_piece, seal_piece
from interloop.recording.segments import rows_of
from interloop.security.sealing import KeyClass

routes = Routes("candidate")

_OVER = frozenset({InterviewState.finished, InterviewState.cancelled})


@routes.get("/candidate/interviews/{interview_id}/recording", CANDIDATE)
async def get_own_recording(
    context: Ctx,
    candidate: CandidateDep,
    interview_id: UUID,
    *,
    picture: Annotated[bool, Query()] = False,
) -> OwnRecordingOut:
    """Say which parts of the candidate's voice did not arrive, and of their picture if asked."""
    services, now = context.services, context.services.clock.now()
    async with services.db.read(candidate.org_id) as session:
        interview = await pieces.own_interview(session, candidate, interview_id, now=now)
        pictured = picture and await pieces.shows_picture(session, candidate)
    box = await services.keys.box(candidate.org_id, candidate.candidate_id, KeyClass.media)
    rows, _ = await rows_of(services, candidate.org_id, interview_id)
    settled = pieces.settled_ms(interview)

    async def missing(source: SegmentSource) -> tuple[SpanOut, ...]:
        found = await context.coverage.missing(services, rows, box, until_ms=settled, source=source)
        return tuple(SpanOut(start_ms=start, end_ms=end) for start, end in found)

    return OwnRecordingOut(
        missing=await missing(SegmentSource.candidate_audio),
        missing_picture=await missing(SegmentSource.candidate_video) if pictured else (),
        settled_ms=settled,
        over=interview.state in _OVER,
    )


@routes.put("/candidate/interviews/{interview_id}/recording/pieces/{sha256}", CANDIDATE)
async def put_piece(
    context: Ctx,
    candidate: CandidateDep,
    interview_id: UUID,
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
    piece: Annotated[bytes, Body(media_type="application/octet-stream")],
    epoch: Annotated[int, Query(ge=0, le=1_000_000)],
    error_ms: Annotated[int, Query(ge=0, le=60_000)] = 0,
    source: DeviceSource = DeviceSource.microphone,
) -> PieceOut:
    """Take a piece of the candidate's voice or picture; the same piece twice is one.

    `epoch` and `error_ms`: by which gateway's clock it was placed, and how far that may be off.
    """
    services, now = context.services, context.services.clock.now()
    segment_id = pieces.piece_id(interview_id, sha256)
    async with services.db.read(candidate.org_id) as session:
        interview = await pieces.own_interview(session, candidate, interview_id, now=now)
        if await pieces.is_here(session, segment_id):
            return PieceOut(kept=False)
        if source is DeviceSource.camera and not await pieces.shows_picture(session, candidate):
            raise Forbidden("a recorded picture was not agreed to", code="consent_first")
        first = await pieces.check_room(session, interview_id, source)
    if hashlib.sha256(piece).hexdigest() != sha256:
        raise Unreadable("the piece is not what its hash says", code="bad_piece")
    packets = read_piece(piece, source)
    box = await services.keys.box(candidate.org_id, candidate.candidate_id, KeyClass.media)
    sealed = await asyncio.to_thread(seal_piece, packets, box, place_of_segment(segment_id))
    row = pieces.new_row(candidate, interview_id, segment_id, of=source, now=now)
    row.epoch, row.clock_error_ms, row.records = min(epoch, interview.epoch), error_ms, 2
    row.start_ms, row.end_ms = packets[0].at_ms, packets[-1].at_ms + FRAME_MS
    row.size, row.sha256 = len(sealed), hashlib.sha256(sealed).hexdigest()
    kept = await pieces.store(services, candidate, row, sealed, first=first)
    if interview.state in _OVER:
        await context.journeys.pieces_came(candidate.org_id, interview_id)
    return PieceOut(kept=kept)
