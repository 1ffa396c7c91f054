"""Keys of other systems: what they look like, and what each scope opens.

There is no scope for deciding: a rejection, an offer or a hire needs a signed-in person.
"""

import hashlib
import hmac
import re
import secrets
from enum import StrEnum

from interloop.domain.base import Value


class Scope(StrEnum):
    """One thing a key may be allowed to do."""

    jobs_read = "jobs:read"
    applications_read = "applications:read"
    applications_write = "applications:write"


_FORM = re.compile(r"il_(live|test)_([0-9a-f]{16})_([0-9a-f]{64})")


class NewKey(Value):
    """A key as it is handed out, once."""

    text: str
    prefix: str
    secret_hash: bytes


def new_key(*, live: bool) -> NewKey:
    """Return a fresh key: 64 public bits to find it by, 256 secret ones."""
    prefix, secret = secrets.token_hex(8), secrets.token_hex(32)
    word = "live" if live else "test"
    return NewKey(
        text=f"il_{word}_{prefix}_{secret}", prefix=prefix, secret_hash=secret_hash(secret)
    )


def read_key(text: str) -> tuple[str, str] | None:
    """Return (prefix, secret) of what looks like a key, else None."""
    found = _FORM.fullmatch(text)
    return (found[2], found[3]) if found else None


def secret_hash(secret: str) -> bytes:
    """Return what is stored of a secret: SHA-256, enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).digest()


def secret_fits(secret: str, stored: bytes) -> bool:
    """Tell in constant time whether this is the secret."""
    return hmac.compare_digest(secret_hash(secret), stored)
