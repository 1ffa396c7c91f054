"""Instructions to models: one text a file, versioned by its name, and the hash that names it."""

import hashlib
from functools import cache
from importlib.resources import files


@cache
def load(name: str) -> str:
    """Return the prompt `name` (`judge.v1`); `FileNotFoundError` when there is none."""
    return files(__package__).joinpath(f"{name}.txt").read_text("utf-8").strip()


def sha256(name: str) -> str:
    """Return the hex SHA-256 of a prompt, for the record beside each mark."""
    return hashlib.sha256(load(name).encode()).hexdigest()
