"""Health and version, for supervisors and people on call."""

from importlib.metadata import PackageNotFoundError, version

from fastapi import Response

from api.access import Public, Routes
from api.context import Ctx
from api.shapes.ops import LiveOut, ReadyOut, VersionOut

routes = Routes("health", prefix="")


@routes.get("/health/live", Public("says only that the process runs"))
async def live() -> LiveOut:
    """Say that the process runs; touches nothing."""
    return LiveOut()


@routes.get("/health/ready", Public("words, no data"), responses={503: {"model": ReadyOut}})
async def ready(context: Ctx, response: Response) -> ReadyOut:
    """Say whether everything the process needs is there; 503 when not."""
    raise NotImplementedError


@routes.get("/version", Public("no data"))
async def get_version(context: Ctx) -> VersionOut:
    """Say what runs here."""
    try:
        number = version("interloop")
    except PackageNotFoundError:
        number = "0.1.0"
    return VersionOut(version=number, profile=context.services.settings.profile)
