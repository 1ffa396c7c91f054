"""Adds pieces that came in late: makes the listening copy anew while it lacks any."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from interloop.db.tables import (
    Interview,
    InterviewState,
    Recording,
    RecordingState,
    Segment,
    SegmentKind,
)
from interloop.recording.finalise import finalise
from interloop.services import Services

_UNMADE_FOR = timedelta(minutes=1)
"""Whoever ends a call makes its first copy; later than this nobody will any more."""

_LOOKED_AT_FOR = timedelta(days=1)


async def heal(services: Services, org_id: UUID, interview_id: UUID) -> bool:
    """Make the copy anew if it lacks a piece of the candidate's device; tell whether it was made.

    Idempotent: a copy that holds every piece is left alone. Raises what `finalise` raises.
    """
    if not await _lacks(services, org_id, interview_id):
        return False
    await finalise(services, org_id, interview_id, again=True)
    return not await _lacks(services, org_id, interview_id)


async def unhealed(services: Services, org_id: UUID) -> list[UUID]:
    """Return the interviews of the last day whose copy lacks pieces."""
    since = services.clock.now() - _LOOKED_AT_FOR
    async with services.db.read(org_id) as session:
        statement = (
            select(Segment.interview_id)
            .where(Segment.kind == SegmentKind.device)
            .group_by(Segment.interview_id)
            .having(func.max(Segment.created_at) > since)
        )
        interviews = list(await session.scalars(statement))
    return [each for each in interviews if await _lacks(services, org_id, each)]


async def _lacks(services: Services, org_id: UUID, interview_id: UUID) -> bool:
    async with services.db.read(org_id) as session:
        interview = await session.get(Interview, interview_id)
        recording = await session.scalar(
            select(Recording).where(Recording.interview_id == interview_id)
        )
        pieces = set(
            await session.scalars(
                select(Segment.id).where(
                    Segment.interview_id == interview_id, Segment.kind == SegmentKind.device
                )
            )
        )
    if interview is None or interview.state is not InterviewState.finished:
        return False
    if recording is None:
        ended = interview.finished_at or interview.created_at
        return bool(pieces) and ended + _UNMADE_FOR <= services.clock.now()
    if recording.state is not RecordingState.finalised:
        return False
    made_of = recording.manifest.segments if recording.manifest else ()
    return not pieces <= {check.segment_id for check in made_of}
