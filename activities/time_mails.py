"""Writes the mails about times into the outbox: booked, moved, cancelled, to come, missed."""

from datetime import datetime

from temporalio import activity

from interloop.db.mails import Letter, write_message
from interloop.db.rows import must_get
from interloop.db.tables import Appointment, Message, MessageKind, User
from interloop.domain.appointment import WriteTimeMail
from interloop.scheduling.rounds import live_appointment, round_of
from interloop.services import Services


class TimeMailSteps:
    """Says in words what became of a time."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def write_time_mail(self, mail: WriteTimeMail) -> bool:
        """Write the mail in the candidate's language and zone; idempotent by the message's id.

        False when the candidate cannot be written to: nothing is written then.
        """
        async with self._services.db.session(mail.org_id) as session:
            if await session.get(Message, mail.message_id) is not None:
                return True
            about = await round_of(session, mail.interview_id)
            if about.candidate.email_sealed is None:
                return False
            values: dict[str, str | datetime] = {
                "minutes": str(int(about.policy.slot.total_seconds() // 60))
            }
            for name in ("starts_at", "earlier_start", "open_until"):
                at = getattr(mail, name)
                if at is not None:
                    values[name] = at
            if mail.interviewer_id is not None:
                interviewer = await must_get(session, User, mail.interviewer_id)
                values["interviewer_name"] = interviewer.name
            row = await live_appointment(session, mail.interview_id)
            if row is not None and row.place is not None:
                values["place"] = row.place
            zone = about.zone
            if mail.appointment_id is not None:
                zone = (await must_get(session, Appointment, mail.appointment_id)).zone
            letter = Letter(
                id=mail.message_id,
                application_id=mail.application_id,
                kind=MessageKind(mail.mail.value),
                at=self._services.clock.now(),
                values=values,
                zone=zone,
            )
            await write_message(session, self._services.keys, letter)
            return True
