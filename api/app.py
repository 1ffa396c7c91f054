"""Puts the application together."""

from functools import cache
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from api import errors, pages
from api.access import check_walls
from api.context import Context
from api.described import describe
from api.frame import Frame
from api.routes import (
    api_keys,
    applications,
    appointments,
    audit,
    auth,
    bulk,
    calendars,
    candidate,
    codec,
    decisions,
    dossiers,
    events,
    exports,
    health,
    histories,
    history,
    hours,
    human_review,
    interviews,
    invitations,
    jobs,
    journeys,
    languages,
    lists,
    media,
    messages,
    opinions,
    own_review,
    pieces,
    places,
    plan,
    resumes,
    review,
    room,
    schedule,
    scorecards,
    stop,
    templates,
    temporal,
    transcript,
    v1,
    webhooks,
)
from interloop.settings import Settings

_NOUNS = (
    auth,
    jobs,
    languages,
    lists,
    hours,
    plan,
    applications,
    bulk,
    appointments,
    resumes,
    invitations,
    decisions,
    dossiers,
    opinions,
    history,
    histories,
    human_review,
    messages,
    interviews,
    media,
    exports,
    review,
    templates,
    scorecards,
    audit,
    api_keys,
    webhooks,
    v1,
    events,
    stop,
    journeys,
    candidate,
    own_review,
    room,
    schedule,
    places,
    pieces,
    transcript,
    calendars,
    codec,
    temporal,
    health,
    # The last one takes every address that no other has.
    pages,
)


def _bare() -> FastAPI:
    return FastAPI(
        title="Interloop",
        version="1",
        generate_unique_id_function=_operation_id,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        responses=errors.RESPONSES,
    )


@cache
def _served() -> tuple[BaseRoute, ...]:
    """Return every route, walled, ready to be served.

    Made once a process: they hold nothing of an application, and FastAPI takes a sixth of a second
    for them.
    """
    app = _bare()
    for noun in _NOUNS:
        app.include_router(noun.routes.router)
    check_walls(app)
    return tuple(app.router.routes)


def create_app(context: Context | None = None, *, dist: Path = pages.DIST) -> FastAPI:
    """Return the application; without a context it can only describe itself.

    Raises `RuntimeError` when any route has no wall.
    """
    app = _bare()
    app.state.context = context
    app.state.dist = dist
    errors.install(app)
    app.router.routes.extend(_served())
    settings = context.services.settings if context is not None else Settings()
    app.add_middleware(Frame, settings=settings)
    describe(app)
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name
