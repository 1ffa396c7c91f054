"""Connecting calendars: one's own, and the health of everybody's."""

from datetime import timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.people import user_ref
from api.shapes.calendars import CalendarIn, CalendarOut, OwnCalendarOut, PersonalGrantIn, SandboxIn
from interloop.db.calendars import connection_of, credentials_box, note_success
from interloop.db.rows import must_get, seal_column
from interloop.db.tables import Appointment, CalendarConnection, User
from interloop.db.trail import audit, changed
from interloop.domain.appointment import AppointmentState, CalendarState
from interloop.domain.calendar import AccessState, CalendarProvider, Span
from interloop.domain.errors import Conflict
from interloop.domain.ids import new_id
from interloop.domain.stretches import Stretch
from interloop.integrations.calendar.port import Account, Credentials, PersonalGrant, ServiceKey
from interloop.scheduling.calendars import busy_of
from interloop.security.permissions import Permission

routes = Routes("calendars")

_LOOK = timedelta(days=1)


@routes.get("/me/calendar", Permission.keep_hours)
async def get_own_calendar(context: Ctx, staff: StaffDep) -> OwnCalendarOut:
    """Say whether the asker's calendar is connected, and how it is."""
    async with context.services.db.read(staff.org_id) as session:
        return await _own(context, session, staff)


@routes.put("/me/calendar", Permission.keep_hours)
async def connect_calendar(context: Ctx, staff: StaffDep, body: CalendarIn) -> OwnCalendarOut:
    """Connect the asker's own calendar, once it has answered; appointments follow by themselves.

    409 `access_revoked` or `calendar_forbidden` when it does not let us in, 422 for a file that is
    no key, 503 while it is away, 409 `no_sandbox` where nobody plays Google.
    """
    async with context.services.db.read(staff.org_id) as session:
        user = await must_get(session, User, staff.id)
    credentials = await _credentials(context, body, subject=user.email)
    account = Account(credentials=credentials)
    now = context.services.clock.now()
    # Whoever lets us in shows it at once: nobody learns of a wrong key from a lost appointment.
    await context.services.calendar.busy(account, Span(starts_at=now, ends_at=now + _LOOK))
    box = await credentials_box(context.services.keys, staff.org_id)
    async with context.services.db.session(staff.org_id) as session:
        row = await connection_of(session, staff.id)
        if row is None:
            row = CalendarConnection(id=new_id(), org_id=staff.org_id, user_id=staff.id)
            session.add(row)
        row.provider, row.account_id = CalendarProvider.google, user.email
        row.state, row.invites_guests, row.created_at = AccessState.ok, body.invites_guests, now
        seal_column(box, row, "credentials_sealed", account.model_dump_json())
        note_success(row, at=now)
        await _note(session, staff, row, "calendar.connected", context)
        await session.flush()
        return await _own(context, session, staff)


@routes.post("/me/calendar/check", Permission.keep_hours)
async def check_calendar(context: Ctx, staff: StaffDep) -> OwnCalendarOut:
    """Ask the asker's calendar now, and say how it is; 409 `no_calendar` without one."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        row = await connection_of(session, staff.id)
        if row is None:
            raise Conflict("no calendar is connected", code="no_calendar")
        # A person asks: what was taken back may have been given again.
        row.state = AccessState.ok
    await busy_of(context.services, row, Stretch(now, now + _LOOK))
    return await get_own_calendar(context, staff)


@routes.post("/me/calendar/disconnect", Permission.keep_hours)
async def disconnect_calendar(context: Ctx, staff: StaffDep) -> OwnCalendarOut:
    """Forget what opens the asker's calendar; what stands there stays. Twice is once."""
    async with context.services.db.session(staff.org_id) as session:
        row = await connection_of(session, staff.id)
        if row is not None:
            await _note(session, staff, row, "calendar.disconnected", context)
            await session.delete(row)
            await session.flush()
        return await _own(context, session, staff)


@routes.get("/calendars", Permission.manage_integrations)
async def list_calendars(context: Ctx, staff: StaffDep) -> list[CalendarOut]:
    """List everybody's connections with their health, those that need somebody first."""
    statement = _connections().order_by(CalendarConnection.state.desc(), User.name)
    async with context.services.db.read(staff.org_id) as session:
        return [_out(row, user, waiting) for row, user, waiting in await session.execute(statement)]


async def _credentials(context: Context, body: CalendarIn, *, subject: str) -> Credentials:
    """Return what opens the asker's calendar; a service account acts for nobody but the asker."""
    given = body.access
    if isinstance(given, PersonalGrantIn):
        return PersonalGrant.model_validate(given.model_dump(exclude={"kind"}))
    if isinstance(given, SandboxIn):
        key = await _sandbox_key(context)
        return ServiceKey.model_validate({"key": key, "subject": subject})
    return ServiceKey(key=given.key, subject=subject)


async def _sandbox_key(context: Context) -> str:
    if not _sandbox(context):
        raise Conflict("nobody plays Google here", code="no_sandbox")
    url = context.services.settings.google_url
    return (await context.web.get(f"{url}/console/key")).raise_for_status().text


def _sandbox(context: Context) -> bool:
    settings = context.services.settings
    return settings.sandbox and bool(settings.google_url)


def _connections() -> Select[CalendarConnection, User, int]:
    waiting = (
        select(func.count(Appointment.id))
        .where(
            Appointment.interviewer_id == CalendarConnection.user_id,
            Appointment.state == AppointmentState.booked,
            Appointment.calendar_state == CalendarState.pending,
        )
        .correlate(CalendarConnection)
        .scalar_subquery()
    )
    return select(CalendarConnection, User, waiting).join(
        User, User.id == CalendarConnection.user_id
    )


async def _own(context: Context, session: AsyncSession, staff: Staff) -> OwnCalendarOut:
    statement = _connections().where(CalendarConnection.user_id == staff.id)
    found = (await session.execute(statement)).one_or_none()
    return OwnCalendarOut(
        connection=None if found is None else _out(*found), sandbox=_sandbox(context)
    )


def _out(row: CalendarConnection, user: User, waiting: int) -> CalendarOut:
    return CalendarOut(
        id=row.id,
        user=user_ref(user),
        provider=row.provider,
        account_id=row.account_id,
        state=row.state,
        invites_guests=row.invites_guests,
        connected_at=row.created_at,
        last_success_at=row.last_success_at,
        failure_code=row.failure_code,
        waiting=waiting,
    )


async def _note(
    session: AsyncSession, staff: Staff, row: CalendarConnection, action: str, context: Context
) -> None:
    now, about = context.services.clock.now(), ("calendar_connection", row.id)
    await audit(session, staff.who, action, at=now, about=about)
    await changed(session, "calendar_connection", row.id, at=now)
