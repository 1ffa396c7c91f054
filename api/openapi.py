"""Writes `frontend/openapi.json`, from which the client is generated; needs no running server."""

import json
from pathlib import Path

from api.app import create_app

TARGET = Path(__file__).parents[1] / "frontend" / "openapi.json"


def document() -> str:
    """Return the OpenAPI document as it is committed."""
    return json.dumps(create_app().openapi(), indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.write_text(document(), "utf-8")
