"""The OpenAPI document as it is true: who may ask, and that every refusal is a problem document."""

from typing import Any

from fastapi import FastAPI

from api.access import CandidateOnly, KeyOnly, Public, StaffOnly, Wall, walls

PROBLEM = "application/problem+json"

_SCHEMES: dict[type[Wall], tuple[str, str]] = {
    StaffOnly: ("staff", "Token of a signed-in member of staff, from `POST /api/auth/sign-in`"),
    CandidateOnly: ("candidate", "Token of a candidate, from `POST /api/candidate/links/redeem`"),
    KeyOnly: ("key", "API key of another system: `il_live_<id>_<secret>`"),
}


def describe(app: FastAPI) -> None:
    """Have the application describe itself so, from now on."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = plain()
            _tell_walls(app, document)
            for operation in _operations(document):
                _tell_refusals(operation)
            _forget_unused(document)
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend it


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]


def _tell_walls(app: FastAPI, document: dict[str, Any]) -> None:
    """Say for each operation which token opens it."""
    document.setdefault("components", {})["securitySchemes"] = {
        name: {"type": "http", "scheme": "bearer", "description": words}
        for name, words in _SCHEMES.values()
    }
    for (method, path), wall in walls(app).items():
        operation = document["paths"].get(path, {}).get(method.lower())
        if operation is None or wall is None or isinstance(wall, Public):
            continue
        operation["security"] = [{_SCHEMES[type(wall)][0]: []}]


def _tell_refusals(operation: dict[str, Any]) -> None:
    """Every refusal of ours is a problem document; FastAPI's own description of a 422 is not."""
    responses = operation["responses"]
    responses.pop("422", None)
    for status, response in responses.items():
        told = next(iter(response.get("content", {}).values()), None)
        if status == "4XX" and told is not None:
            # Whatever the route itself answers with.
            response["content"] = {PROBLEM: told}


def _forget_unused(document: dict[str, Any]) -> None:
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
