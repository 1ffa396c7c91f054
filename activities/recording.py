"""Makes the listening copy of an interview out of its segments."""

from sqlalchemy import select
from temporalio import activity

from interloop.db.tables import Recording
from interloop.domain.steps import InterviewRef
from interloop.recording.finalise import finalise
from interloop.recording.healing import heal
from interloop.services import Services


class RecordingSteps:
    """Finalises recordings."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def finalise_recording(self, ref: InterviewRef) -> bool:
        """Make the listening copy; idempotent: a copy that stands is left alone.

        Returns False when nothing was recorded, as in an interview that was typed only. Raises
        `Unreadable` when a segment was altered.
        """
        await finalise(self._services, ref.org_id, ref.interview_id)
        async with self._services.db.read(ref.org_id) as session:
            statement = select(Recording.id).where(Recording.interview_id == ref.interview_id)
            return await session.scalar(statement) is not None

    @activity.defn
    async def heal_recording(self, ref: InterviewRef) -> bool:
        """Add pieces of the candidate's device that came in late; tell whether any were added.

        Idempotent by content: a copy that holds every piece is left alone.
        """
        return await heal(self._services, ref.org_id, ref.interview_id)
