"""Puts the application together."""

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api import errors
from api.access import check_walls
from api.context import Context
from api.routes import (
    applications,
    audit,
    auth,
    candidate,
    events,
    health,
    interviews,
    jobs,
    media,
    plan,
    review,
)

_ROOMS = (
    auth,
    jobs,
    plan,
    applications,
    interviews,
    media,
    review,
    audit,
    events,
    candidate,
    health,
)


def create_app(context: Context | None = None) -> FastAPI:
    """Return the application; without a context it can only describe itself."""
    app = FastAPI(
        title="Interloop",
        version="1",
        generate_unique_id_function=_operation_id,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        responses=errors.RESPONSES,
    )
    app.state.context = context
    errors.install(app)
    for room in _ROOMS:
        app.include_router(room.routes.router)
    check_walls(app)
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name
