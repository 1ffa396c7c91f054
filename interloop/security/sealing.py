"""Authenticated encryption of fields and wrapping of keys.

Envelope: version (1 byte) | key version (4 bytes, big endian) | nonce (12) | AES-256-GCM output.
The place of the ciphertext ("table.column:row id") is associated data, so that a value moved to
another row or column does not open. Keys are wrapped by AES-KWP (RFC 5649).
"""

import hashlib
import hmac
import os
import struct
from enum import StrEnum
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap_with_padding,
    aes_key_wrap_with_padding,
)

from interloop.domain.errors import KeyDestroyed, Unreadable

_ENVELOPE = 1
_HEAD = struct.Struct(">BI")


class KeyClass(StrEnum):
    """What one key opens; erasing a person destroys all but `decision`."""

    identity = "identity"
    media = "media"
    transcript = "transcript"
    decision = "decision"
    accommodation = "accommodation"
    demographics = "demographics"


ERASED_CLASSES = frozenset(KeyClass) - {KeyClass.decision}


class Box:
    """Seals and opens what one (subject, class) key protects."""

    def __init__(self, key: bytes, version: int = 1) -> None:
        self.key = key
        self.version = version

    def seal(self, data: bytes, *, place: str) -> bytes:
        """Return the envelope of `data`, bound to `place`."""
        head = _HEAD.pack(_ENVELOPE, self.version)
        nonce = os.urandom(12)
        return head + nonce + AESGCM(self.key).encrypt(nonce, data, head + place.encode())

    def open(self, sealed: bytes, *, place: str) -> bytes:
        """Return what was sealed at `place`; `Unreadable` when altered or moved."""
        head, nonce, body = sealed[:5], sealed[5:17], sealed[17:]
        try:
            return AESGCM(self.key).decrypt(nonce, body, head + place.encode())
        except (InvalidTag, ValueError) as wrong:
            raise Unreadable("sealed value does not open here", code="seal_broken") from wrong

    def seal_text(self, text: str, *, place: str) -> bytes:
        """Seal text as UTF-8."""
        return self.seal(text.encode(), place=place)

    def open_text(self, sealed: bytes, *, place: str) -> str:
        """Open text sealed by `seal_text`."""
        return self.open(sealed, place=place).decode()


def wrap(outer: bytes, inner: bytes) -> bytes:
    """Wrap `inner` under the 32-byte key `outer` (RFC 5649)."""
    return aes_key_wrap_with_padding(outer, inner)


def unwrap(outer: bytes, wrapped: bytes) -> bytes:
    """Undo `wrap`; `KeyDestroyed` when it does not open, for it never will."""
    try:
        return aes_key_unwrap_with_padding(outer, wrapped)
    except InvalidUnwrap as wrong:
        raise KeyDestroyed("key does not unwrap") from wrong


def place_of(table: str, column: str, row_id: UUID) -> str:
    """Return the place of a sealed column: what binds the ciphertext to its row."""
    return f"{table}.{column}:{row_id}"


def blind_index(org_key: bytes, kind: str, value: str) -> bytes:
    """Return the 128-bit keyed hash by which an exact value is found again.

    `kind` keeps e-mail and name tokens apart; the value is normalised by the caller's rule
    (`normal_email`, `name_tokens`). HMAC-SHA-256 (RFC 2104), truncated.
    """
    subkey = hmac.digest(org_key, b"blind-index:" + kind.encode(), hashlib.sha256)
    return hmac.digest(subkey, value.encode(), hashlib.sha256)[:16]


def normal_email(address: str) -> str:
    """Fold an address for comparison: trimmed, lower case."""
    return address.strip().casefold()


def name_tokens(name: str) -> frozenset[str]:
    """Return the folded words of a name, for search by one of them."""
    return frozenset(word for word in name.casefold().split() if word)
