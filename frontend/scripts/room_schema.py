# ruff: noqa: INP001 - a script beside the page that reads what it writes
"""Writes `frontend/room.json`: the messages of the room, for the generator of the page's types."""

import json
from pathlib import Path

from interloop.domain.room import CLIENT_MESSAGE, MAX_MESSAGE_BYTES, ROOM_VERSION, SERVER_MESSAGE

TARGET = Path(__file__).parents[1] / "room.json"


def document() -> dict[str, object]:
    """Return an OpenAPI document without paths, whose components are the messages.

    What the server sends has every field; what the page sends may leave defaults out.
    """
    template = "#/components/schemas/{model}"
    server = SERVER_MESSAGE.json_schema(ref_template=template, mode="serialization")
    client = CLIENT_MESSAGE.json_schema(ref_template=template, mode="validation")
    schemas = {**server.pop("$defs"), **client.pop("$defs")}
    schemas["ServerMessage"] = server
    schemas["ClientMessage"] = client
    return {
        "openapi": "3.1.0",
        "info": {"title": "Interloop room", "version": str(ROOM_VERSION)},
        "paths": {},
        "components": {"schemas": dict(sorted(schemas.items()))},
        "x-max-message-bytes": MAX_MESSAGE_BYTES,
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(document(), indent=2) + "\n", encoding="utf-8")
