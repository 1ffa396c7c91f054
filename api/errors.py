"""The one border where errors become HTTP: RFC 9457 problem documents with stable codes."""

from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from starlette.exceptions import HTTPException

from api.methods import methods_at
from api.shapes.common import FieldProblem, Problem
from interloop.domain.errors import (
    Ambiguous,
    AuthRevoked,
    Conflict,
    Forbidden,
    Gone,
    InterloopError,
    KeyDestroyed,
    NotFound,
    Permanent,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unavailable,
    Unreadable,
)

MEDIA_TYPE = "application/problem+json"

_STATUS: tuple[tuple[type[InterloopError], HTTPStatus], ...] = (
    (Unauthenticated, HTTPStatus.UNAUTHORIZED),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (AuthRevoked, HTTPStatus.CONFLICT),
    (Gone, HTTPStatus.GONE),
    (KeyDestroyed, HTTPStatus.GONE),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (Unreadable, HTTPStatus.UNPROCESSABLE_ENTITY),
    (Permanent, HTTPStatus.UNPROCESSABLE_ENTITY),
    (TooMany, HTTPStatus.TOO_MANY_REQUESTS),
    (Unavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (Ambiguous, HTTPStatus.SERVICE_UNAVAILABLE),
)

RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Problem, "description": "A refusal, with a stable code"},
}

_ONCE = ("header", "Idempotency-Key")

_log = structlog.get_logger(__name__)


def status_of(error: InterloopError) -> HTTPStatus:
    """Return the HTTP status of one of our errors."""
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status
    return HTTPStatus.INTERNAL_SERVER_ERROR


def problem(
    request: Request, status: int, code: str, *, retry_s: int | None = None, **more: Any
) -> Response:
    """Return a problem document; `more` are further members of `Problem`."""
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        request_id=getattr(request.state, "request_id", ""),
        **more,
    )
    headers = {"www-authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
    if retry_s is not None:
        headers["retry-after"] = str(retry_s)
    return JSONResponse(
        body.model_dump(mode="json"), status_code=status, media_type=MEDIA_TYPE, headers=headers
    )


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, InterloopError)
    # A refusal may name what it is about, such as the application that exists already.
    about = {
        name: getattr(error, attribute, None)
        for name, attribute in (("id", "about"), ("decided", "decided"), ("retry_s", "retry_s"))
    }
    return problem(request, status_of(error), error.code, detail=str(error), **about)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if any(each["loc"] == _ONCE and each["type"] == "missing" for each in error.errors()):
        return problem(
            request, 400, "idempotency_key_missing", detail="send an Idempotency-Key header"
        )
    fields = tuple(
        FieldProblem(field=".".join(str(part) for part in each["loc"]), message=each["msg"])
        for each in error.errors()
    )
    return problem(request, 422, "invalid", detail="some fields do not fit", fields=fields)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = "too_large" if error.status_code == 413 else HTTPStatus(error.status_code).name.lower()
    response = problem(request, error.status_code, code, detail=str(error.detail))
    response.headers.update(error.headers or {})
    if error.status_code == 405:
        # The framework names the methods of the first route that matched, not of all.
        allowed = methods_at(request.app, request.url.path)
        response.headers["allow"] = ", ".join(allowed or ("GET", "HEAD"))
    return response


async def _race(request: Request, error: Exception) -> Response:  # noqa: ARG001 its text has values
    return problem(request, 409, "conflict", detail="somebody was faster; look again")


async def _unfit(request: Request, error: Exception) -> Response:  # noqa: ARG001 its text has values
    return problem(request, 422, "invalid", detail="a value does not fit where it is stored")


async def _away(request: Request, error: Exception) -> Response:
    _log.error("database_away", error=type(error).__name__)
    return problem(request, 503, "database_away", detail="try again in a moment")


async def _unexpected(request: Request, error: Exception) -> Response:
    # The text of a stranger's error may quote a person; its class may not.
    _log.error("unexpected_error", error=type(error).__name__)
    return problem(request, 500, "internal", detail="something went wrong on our side")


def install(app: FastAPI) -> None:
    """Translate every error of the application here and nowhere else."""
    app.add_exception_handler(InterloopError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(IntegrityError, _race)
    app.add_exception_handler(DataError, _unfit)
    app.add_exception_handler(OperationalError, _away)
    app.add_exception_handler(Exception, _unexpected)
