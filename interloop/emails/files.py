"""Reads the texts of this folder."""

from functools import cache
from importlib.resources import files


@cache
def read(name: str) -> str:
    """Return a text of this folder."""
    return files("interloop.emails").joinpath(name).read_text("utf-8")
