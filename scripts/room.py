"""The messages of the room as an OpenAPI document, for the generator of the page's types."""

import json

from interloop.domain.room import CLIENT_MESSAGE, ROOM_VERSION, SERVER_MESSAGE
from scripts.install import FRONTEND

TARGET = FRONTEND / "room.json"


def document() -> str:
    """Return a document without paths, whose components are the messages.

    What the server sends has every field; what the page sends may leave defaults out.
    """
    template = "#/components/schemas/{model}"
    server = SERVER_MESSAGE.json_schema(ref_template=template, mode="serialization")
    client = CLIENT_MESSAGE.json_schema(ref_template=template, mode="validation")
    schemas = {**server.pop("$defs"), **client.pop("$defs")}
    schemas |= {"ServerMessage": server, "ClientMessage": client}
    paper = {
        "openapi": "3.1.0",
        "info": {"title": "Interloop room", "version": str(ROOM_VERSION)},
        "paths": {},
        "components": {"schemas": schemas},
    }
    return json.dumps(paper, indent=2, sort_keys=True) + "\n"
