"""Rules what fits by Google's own description of the API, as it is installed with the client."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Schema = dict[str, Any]

_DOCUMENT = "calendar.v3.json"
_KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": list,
    "object": dict,
    "any": object,
}
_NUMBER = re.compile(r"-?\d+")
_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?"
_FORMS = {
    "date": re.compile(_DAY),
    # RFC 3339; an event may leave the offset to the zone beside it.
    "date-time": re.compile(rf"{_DAY}[Tt]{_CLOCK}([Zz]|[+-]\d\d:\d\d)?"),
}


class Unfit(Exception):
    """A value that the description does not allow; says where and why."""


@cache
def document() -> Schema:
    """The description, read once."""
    source = files("googleapiclient.discovery_cache.documents").joinpath(_DOCUMENT)
    found: Schema = json.loads(source.read_text("utf-8"))
    return found


def method(name: str) -> Schema:
    """The description of a method, such as `events.insert`."""
    resource, _, verb = name.partition(".")
    found: Schema = document()["resources"][resource]["methods"][verb]
    return found


def check_query(name: str, query: Mapping[str, str]) -> None:
    """Raises `Unfit` for a parameter that the method does not have, or a value it does not take."""
    known = {**document()["parameters"], **method(name).get("parameters", {})}
    for key, value in query.items():
        if key not in known or known[key].get("location") == "path":
            raise Unfit(f"Unknown name {key!r}: query parameter.")
        _check_word(value, known[key], key)


def check_body(name: str, body: object) -> None:
    """Raises `Unfit` for a body that is not what the method takes."""
    described = method(name)
    _check(body, described["request"], "body")
    if isinstance(body, dict):
        _check_required(body, document()["schemas"][described["request"]["$ref"]], described["id"])


def check_answer(name: str, body: object) -> None:
    """Raises `Unfit` for an answer that the method never gives."""
    _check(body, method(name)["response"], "answer")


def _check_required(body: Schema, schema: Schema, method_id: str) -> None:
    for key, described in schema["properties"].items():
        if method_id in described.get("annotations", {}).get("required", ()) and key not in body:
            raise Unfit(f"Missing {key} {described.get('type', '')}.".strip())


def _check_word(value: str, schema: Schema, at: str) -> None:
    if "enum" in schema and value not in schema["enum"]:
        raise Unfit(f"Invalid value at {at!r}: {value!r}.")
    kind = schema["type"]
    if kind == "integer" and not _in_range(value, schema):
        raise Unfit(f"Invalid value at {at!r}: {value!r}.")
    if kind == "boolean" and value not in {"true", "false"}:
        raise Unfit(f"Invalid value at {at!r}: {value!r}.")
    if kind == "string":
        _check_format(value, schema, at)


def _in_range(value: str, schema: Schema) -> bool:
    if not _NUMBER.fullmatch(value):
        return False
    low, high = int(schema.get("minimum", -(2**31))), int(schema.get("maximum", 2**31 - 1))
    return low <= int(value) <= high


def _check(value: object, schema: Schema, at: str) -> None:
    if "$ref" in schema:
        schema = document()["schemas"][schema["$ref"]]
    kind = schema["type"]
    right = isinstance(value, _KINDS[kind])
    if not right or (isinstance(value, bool) and kind in {"integer", "number"}):
        raise Unfit(f"Invalid value at {at!r}: not a {kind}.")
    if isinstance(value, dict):
        _check_members(value, schema, at)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            _check(each, schema["items"], f"{at}[{place}]")
    elif isinstance(value, str):
        _check_format(value, schema, at)


def _check_members(value: Schema, schema: Schema, at: str) -> None:
    named, others = schema.get("properties", {}), schema.get("additionalProperties")
    for key, each in value.items():
        described = named.get(key, others)
        if described is None:
            raise Unfit(f"Unknown name {key!r} at {at!r}: Cannot find field.")
        _check(each, described, f"{at}.{key}")


def _check_format(value: str, schema: Schema, at: str) -> None:
    form = schema.get("format", "")
    if form in _FORMS and not _FORMS[form].fullmatch(value):
        raise Unfit(f"Invalid value at {at!r}: {value!r} is no {form}.")
