"""Whose voice and picture may be handed in, until when and how much: rules of a device's pieces."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import CandidateCaller
from api.invitation import own_consents
from interloop.db.rows import must_get
from interloop.db.tables import (
    Application,
    Interview,
    InterviewState,
    Segment,
    SegmentKind,
)
from interloop.db.trail import audit
from interloop.domain.errors import Conflict, Forbidden, Gone, NotFound, TooLarge
from interloop.domain.ids import new_id
from interloop.domain.recording import DeviceSource
from interloop.domain.stage import DECIDED
from interloop.recording.pieces import KINDS
from interloop.services import Services

TAKEN_FOR = timedelta(days=7)
"""So long after its end an interview takes pieces: as long as a device keeps them."""

MOST_BYTES = {
    DeviceSource.microphone: 40 * 1024 * 1024,
    DeviceSource.camera: 64 * 1024 * 1024,
}
"""An hour and a half of voice at 24 kbit/s, twice; as many pictures as a device keeps."""

_SETTLES_MS = 4000
"""A gateway seals once a second and tells its clock every other."""


async def own_interview(
    session: AsyncSession, caller: CandidateCaller, interview_id: UUID, *, now: datetime
) -> Interview:
    """Return the caller's interview if pieces of it are taken now.

    `NotFound` for another's, `Forbidden` without consent to being recorded, `Conflict` before it
    began, `Gone` once it was decided on or the time is up.
    """
    interview = await must_get(session, Interview, interview_id)
    if interview.application_id != caller.application_id:
        raise NotFound("no such interview", code="no_interview")
    if not (await own_consents(session, caller.application_id)).get("recording", False):
        raise Forbidden("being recorded was not agreed to", code="consent_first")
    if interview.joined_at is None:
        raise Conflict("the interview has not begun", code="not_begun")
    application = await must_get(session, Application, caller.application_id)
    ended = interview.finished_at or interview.open_until
    late = ended is not None and ended + TAKEN_FOR <= now
    cancelled = interview.state is InterviewState.cancelled
    if late or cancelled or application.stage in DECIDED:
        raise Gone("nothing more is added to this recording", code="recording_closed")
    return interview


def settled_ms(interview: Interview) -> int:
    """Return up to where the archive tells what is missing, in ms."""
    live = interview.state is InterviewState.live
    return max(interview.clock_ms - (_SETTLES_MS if live else 0), 0)


def piece_id(interview_id: UUID, sha256: str) -> UUID:
    """Return the id of a piece: the same bytes are the same piece."""
    return uuid5(interview_id, sha256)


async def is_here(session: AsyncSession, segment_id: UUID) -> bool:
    """Tell whether this piece was taken before."""
    return await session.get(Segment, segment_id) is not None


async def shows_picture(session: AsyncSession, caller: CandidateCaller) -> bool:
    """Tell whether the caller's newest word on recording their picture is a yes."""
    return (await own_consents(session, caller.application_id)).get("video", False)


async def check_room(session: AsyncSession, interview_id: UUID, of: DeviceSource) -> bool:
    """Tell whether this is the device's first piece of these; `TooLarge` when it sent too much."""
    statement = select(func.count(Segment.id), func.sum(Segment.size)).where(
        Segment.interview_id == interview_id,
        Segment.kind == SegmentKind.device,
        Segment.source == KINDS[of].source,
    )
    count, size = (await session.execute(statement)).one()
    if (size or 0) >= MOST_BYTES[of]:
        raise TooLarge("more than an interview has", code="too_large")
    return not count


async def store(
    services: Services, caller: CandidateCaller, row: Segment, sealed: bytes, *, first: bool
) -> bool:
    """Put the object, then its row; false when the same piece was faster."""
    await services.storage.put(row.object_key, sealed)
    try:
        async with services.db.session(caller.org_id) as session:
            session.add(row)
            if first:
                about = ("interview", row.interview_id)
                await audit(session, caller.who, "recording.healed", at=row.created_at, about=about)
    except IntegrityError:
        await services.storage.delete(row.object_key)
        return False
    return True


def new_row(
    caller: CandidateCaller,
    interview_id: UUID,
    segment_id: UUID,
    *,
    of: DeviceSource,
    now: datetime,
) -> Segment:
    """Return the row of a piece; the object has a name of its own, whoever of two comes first."""
    return Segment(
        id=segment_id,
        org_id=caller.org_id,
        created_at=now,
        interview_id=interview_id,
        source=KINDS[of].source,
        kind=SegmentKind.device,
        codec=KINDS[of].codec,
        object_key=f"segments/{caller.org_id}/{interview_id}/{new_id()}.ilr",
        closed_at=now,
    )
