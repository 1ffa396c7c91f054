"""Password hashing by argon2id (RFC 9106); slow on purpose, so callers run it in a thread."""

from functools import lru_cache
from typing import Literal

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

Cost = Literal["normal", "cheap"]


@lru_cache(maxsize=2)
def _hasher(cost: Cost) -> PasswordHash:
    if cost == "cheap":
        return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
    return PasswordHash((Argon2Hasher(),))


def hash_password(password: str, cost: Cost = "normal") -> str:
    """Return the encoded hash."""
    return _hasher(cost).hash(password)


def password_fits(password: str, encoded: str, cost: Cost = "normal") -> bool:
    """Tell whether the password fits the hash; an unreadable hash fits nothing."""
    return _hasher(cost).verify(password, encoded)
