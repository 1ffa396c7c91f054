"""Health and version, for supervisors and people on call."""

from datetime import timedelta
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from fastapi import Response
from sqlalchemy import ColumnClause, column, select, table
from sqlalchemy.exc import SQLAlchemyError
from temporalio.service import RPCError

from api.access import Public, Routes
from api.context import Context, Ctx
from api.shapes.ops import LiveOut, ReadyOut, VersionOut
from interloop.db.upgrade import head

routes = Routes("health", prefix="")

_VERSION: ColumnClause[str] = column("version_num")
_APPLIED = select(_VERSION).select_from(table("alembic_version"))
_PATIENCE = timedelta(seconds=2)
_newest = cache(head)


@routes.get("/health/live", Public("says only that the process runs"))
async def live() -> LiveOut:
    """Say that the process runs; touches nothing."""
    return LiveOut()


@routes.get("/health/ready", Public("words, no data"), responses={503: {"model": ReadyOut}})
async def ready(context: Ctx, response: Response) -> ReadyOut:
    """Say whether everything the process needs is there; 503 when not."""
    database, migrations = await _database(context)
    temporal = await _temporal(context)
    ok = (database, migrations, temporal) == ("ok", "ok", "ok")
    if not ok:
        response.status_code = 503
    return ReadyOut(ok=ok, database=database, migrations=migrations, temporal=temporal)


@routes.get("/version", Public("no data"))
async def get_version(context: Ctx) -> VersionOut:
    """Say what runs here."""
    try:
        number = version("interloop")
    except PackageNotFoundError:
        number = "0.1.0"
    return VersionOut(version=number, profile=context.services.settings.profile)


async def _database(context: Context) -> tuple[str, str]:
    try:
        async with context.services.db.look_up("set-up") as session:
            applied = await session.scalar(_APPLIED)
    except SQLAlchemyError:
        return "away", "unknown"
    return "ok", "ok" if applied == _newest() else "behind"


async def _temporal(context: Context) -> str:
    try:
        healthy = await context.journeys.client.service_client.check_health(timeout=_PATIENCE)
    except (RPCError, RuntimeError):
        return "away"
    return "ok" if healthy else "away"
