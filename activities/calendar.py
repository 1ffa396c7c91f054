"""Keeps interviewers' calendars in agreement with their appointments."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.errors import reaching_database
from activities.rows import candidate_of, identity_box, must_get, open_column
from activities.sweep import organizations
from activities.tasks import open_task_row
from interloop.db.calendars import (
    connection_of,
    is_told,
    lapse_of,
    note_revoked,
    note_success,
    settle_access,
)
from interloop.db.tables import (
    Application,
    Appointment,
    CalendarConnection,
    CalendarEntry,
    Interview,
    Job,
    TaskKind,
)
from interloop.db.trail import SYSTEM, audit, changed
from interloop.domain.appointment import AppointmentState, CalendarState
from interloop.domain.calendar import (
    AccessState,
    CalendarEvent,
    EntryRef,
    EntryState,
    Span,
    event_id,
)
from interloop.domain.errors import Ambiguous, AuthRevoked, Permanent, Transient
from interloop.domain.ids import new_id
from interloop.domain.steps import OpenTask
from interloop.scheduling.calendars import account_of
from interloop.services import Services

_STANDS = (EntryState.pending, EntryState.written)
_PAST = timedelta(days=1)


class CalendarSteps:
    """Writes, moves and takes out the entries of appointments."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def keep_calendar(self, ref: EntryRef) -> CalendarState:
        """Make calendars agree with one appointment; idempotent by the ids of events, ours.

        What is to stand there is noted before it is written, so that a process that dies leaves
        nothing behind that nobody knows of. Raises `Transient` while a calendar is away; access
        that was taken back pauses it, and a person is told.
        """
        for entry in await self._stale(ref):
            await self._do(ref, entry, take_out=True)
        wanted = await self._wanted(ref)
        if wanted is None:
            return CalendarState.none
        return await self._do(ref, wanted, take_out=False)

    async def _stale(self, ref: EntryRef) -> list[CalendarEntry]:
        """Return the entries that must go: the time was given up, or another person has it."""
        async with self._services.db.read(ref.org_id) as session:
            row = await must_get(session, Appointment, ref.appointment_id)
            statement = select(CalendarEntry).where(
                CalendarEntry.appointment_id == row.id, CalendarEntry.state.in_(_STANDS)
            )
            found = (await session.execute(statement)).scalars().all()
            cancelled = row.state is AppointmentState.cancelled
            return [each for each in found if cancelled or each.user_id != row.interviewer_id]

    async def _wanted(self, ref: EntryRef) -> CalendarEntry | None:
        """Note what shall stand in the interviewer's calendar, and return the note."""
        now = self._services.clock.now()
        async with self._services.db.session(ref.org_id) as session:
            row = await must_get(session, Appointment, ref.appointment_id, lock=True)
            if row.state is not AppointmentState.booked or row.interviewer_id is None:
                return None
            if await connection_of(session, row.interviewer_id) is None:
                return None
            statement = select(CalendarEntry).where(CalendarEntry.appointment_id == row.id)
            entries = (await session.execute(statement)).scalars().all()
            mine = [
                each
                for each in entries
                if each.user_id == row.interviewer_id and each.state is not EntryState.removed
            ]
            entry = mine[0] if mine else None
            if entry is None:
                entry = CalendarEntry(
                    id=new_id(),
                    org_id=ref.org_id,
                    appointment_id=row.id,
                    user_id=row.interviewer_id,
                    placing=len(entries),
                    state=EntryState.pending,
                    created_at=now,
                )
                session.add(entry)
            if entry.state is not EntryState.written or entry.sequence != row.version:
                entry.sequence, entry.state = row.version, EntryState.pending
                row.calendar_state = CalendarState.pending
            return entry

    async def _do(self, ref: EntryRef, entry: CalendarEntry, *, take_out: bool) -> CalendarState:
        """Write or take out one entry, and note what became of it."""
        services, done = self._services, EntryState.removed if take_out else EntryState.written
        if not take_out and entry.state is EntryState.written:
            return CalendarState.written
        async with services.db.read(ref.org_id) as session:
            connection = await connection_of(session, entry.user_id)
            if connection is None or (take_out and connection.state is AccessState.revoked):
                # Taken out when access is back; after a disconnect there is nothing to write to.
                return CalendarState.pending
            event = await self._event(session, entry, guests=connection.invites_guests)
        if connection.state is AccessState.revoked:
            # Somebody else may have found out, who had no appointment to tell its person about.
            await self._revoked(ref, entry, connection.failure_code or AuthRevoked.code)
            return CalendarState.pending
        try:
            account = await account_of(services, connection)
            if take_out:
                await services.calendar.cancel(account, event.id)
            else:
                await services.calendar.put(account, event)
        except AuthRevoked as revoked:
            await self._revoked(ref, entry, revoked.code)
            return CalendarState.pending
        except Ambiguous as unsure:
            raise Transient("looked at again at the next try", code=unsure.code) from None
        except Permanent as refused:
            return await self._settle(ref, entry, EntryState.failed, code=refused.code)
        return await self._settle(ref, entry, done)

    async def _event(
        self, session: AsyncSession, entry: CalendarEntry, *, guests: bool
    ) -> CalendarEvent:
        """Return the entry as the calendar shows it: no name of a candidate leaves the house.

        Their address does where the calendar itself is to invite them.
        """
        row = await must_get(session, Appointment, entry.appointment_id)
        interview = await must_get(session, Interview, row.interview_id)
        application = await must_get(session, Application, interview.application_id)
        job = await must_get(session, Job, application.job_id)
        invited: tuple[str, ...] = ()
        if guests:
            candidate = await candidate_of(session, application.id)
            box = await identity_box(self._services, candidate)
            invited = tuple(filter(None, [open_column(box, candidate, "email_sealed")]))
        return CalendarEvent(
            guests=invited,
            id=event_id(row.id, entry.placing),
            title=f"Interview: {job.title}",
            description=f"{self._services.settings.app_url}/applications/{application.id}",
            span=Span(starts_at=row.starts_at, ends_at=row.ends_at),
            zone=row.zone,
            sequence=entry.sequence,
            place=row.place,
        )

    async def _settle(
        self, ref: EntryRef, entry: CalendarEntry, state: EntryState, *, code: str | None = None
    ) -> CalendarState:
        now = self._services.clock.now()
        async with self._services.db.session(ref.org_id) as session:
            row = await must_get(session, Appointment, ref.appointment_id, lock=True)
            mine = await must_get(session, CalendarEntry, entry.id, lock=True)
            told = _told(row, state, entry.sequence)
            mine.state, mine.failure_code = state, code
            row.calendar_state = told
            if state is EntryState.written:
                row.external_id = event_id(row.id, mine.placing)
            connection = await connection_of(session, mine.user_id)
            if connection is not None and code is None:
                note_success(connection, at=now)
                await settle_access(session, connection, at=now)
            about, details = ("appointment", row.id), {"code": code} if code else {}
            action = f"calendar.{state.value}"
            await audit(session, SYSTEM, action, at=now, about=about, details=details)
            await changed(session, "appointment", row.id, at=now)
            return told

    async def _revoked(self, ref: EntryRef, entry: CalendarEntry, code: str) -> None:
        """Pause the connection and put it before its person; the appointment stays as it is."""
        now = self._services.clock.now()
        async with self._services.db.session(ref.org_id) as session:
            row = await must_get(session, Appointment, ref.appointment_id, lock=True)
            row.calendar_state = CalendarState.pending
            connection = await connection_of(session, entry.user_id)
            if connection is None:
                return
            await note_revoked(session, connection, code=code, at=now)
            interview = await must_get(session, Interview, row.interview_id)
            task = OpenTask(
                org_id=ref.org_id,
                application_id=interview.application_id,
                kind=TaskKind.calendar_access.value,
                # Taken back again after it worked, it is another thing to do.
                key=f"{connection.id.hex}:{lapse_of(connection).timestamp():.0f}",
                assignee_id=connection.user_id,
            )
            await open_task_row(session, task, at=now)


def _told(row: Appointment, state: EntryState, sequence: int) -> CalendarState:
    """Return what the appointment says of its calendar: moved meanwhile, it waits once more."""
    if state is EntryState.failed:
        return CalendarState.failed
    if state is EntryState.removed:
        return CalendarState.none
    return CalendarState.written if sequence == row.version else CalendarState.pending


async def disagreeing(services: Services) -> list[EntryRef]:
    """Return every appointment whose calendar does not agree with it and can be reached.

    Raises `Unavailable` while the database is away.
    """
    with reaching_database():
        return [
            EntryRef(org_id=org_id, appointment_id=appointment_id)
            for org_id in await organizations(services)
            for appointment_id in await _disagreeing(services, org_id)
        ]


async def _disagreeing(services: Services, org_id: UUID) -> list[UUID]:
    now = services.clock.now()
    here = and_(
        CalendarEntry.appointment_id == Appointment.id,
        CalendarEntry.user_id == Appointment.interviewer_id,
        CalendarEntry.state != EntryState.removed,
    )
    unwritten = (
        select(Appointment.id)
        .join(CalendarConnection, CalendarConnection.user_id == Appointment.interviewer_id)
        .outerjoin(CalendarEntry, here)
        .where(
            # Who took access back is asked once about what waits for it.
            or_(CalendarConnection.state == AccessState.ok, ~is_told()),
            Appointment.state == AppointmentState.booked,
            Appointment.ends_at > now - _PAST,
            or_(
                CalendarEntry.id.is_(None),
                CalendarEntry.state == EntryState.pending,
                CalendarEntry.sequence < Appointment.version,
            ),
        )
    )
    left_over = (
        select(Appointment.id)
        .join(CalendarEntry, CalendarEntry.appointment_id == Appointment.id)
        .join(CalendarConnection, CalendarConnection.user_id == CalendarEntry.user_id)
        .where(
            CalendarConnection.state == AccessState.ok,
            CalendarEntry.state.in_(_STANDS),
            or_(
                Appointment.state == AppointmentState.cancelled,
                CalendarEntry.user_id != Appointment.interviewer_id,
            ),
        )
    )
    async with services.db.read(org_id) as session:
        found = [*(await session.execute(unwritten)).scalars()]
        found += (await session.execute(left_over)).scalars()
    return list(dict.fromkeys(found))
