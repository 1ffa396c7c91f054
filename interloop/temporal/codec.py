"""Seals every Temporal payload with AES-256-GCM under a rotatable installation key.

Form: metadata `encoding` = binary/encrypted and `encryption-key-id`; data = nonce (12 bytes) and
the sealed serialised payload, with the key's id as associated data (NIST SP 800-38D).
"""

import os
from collections.abc import Awaitable, Callable, Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

from interloop.domain.errors import Unreadable

Load = Callable[[], Awaitable[Mapping[str, bytes]]]

ENCODING = b"binary/encrypted"


class KeyRing:
    """The payload keys, oldest first; a key id it does not know makes it look again."""

    def __init__(self, keys: Mapping[str, bytes], reload: Load | None = None) -> None:
        self._keys = dict(keys)
        self._reload = reload

    @property
    def newest(self) -> tuple[str, bytes]:
        """Return the id and the key that seal."""
        key_id = next(reversed(self._keys))
        return key_id, self._keys[key_id]

    async def key(self, key_id: str) -> bytes:
        """Return a key by id; `Unreadable` when nobody has it (any more)."""
        if key_id not in self._keys and self._reload is not None:
            self._keys = dict(await self._reload())
        try:
            return self._keys[key_id]
        except KeyError:
            raise Unreadable("no such payload key", code="payload_key_unknown") from None


class SealingCodec(PayloadCodec):
    """Seals on the way to Temporal, opens on the way back; what was never sealed passes."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Seal each payload with the newest key."""
        key_id, key = self._ring.newest
        return [_seal(payload, key_id, key) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open each sealed payload; raises `Unreadable` when one does not open."""
        return [await self._open(payload) for payload in payloads]

    async def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        key_id = payload.metadata.get("encryption-key-id", b"").decode()
        key = await self._ring.key(key_id)
        try:
            opened = AESGCM(key).decrypt(payload.data[:12], payload.data[12:], key_id.encode())
        except (InvalidTag, ValueError) as wrong:
            raise Unreadable("payload does not open", code="seal_broken") from wrong
        return Payload.FromString(opened)


def _seal(payload: Payload, key_id: str, key: bytes) -> Payload:
    nonce = os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, payload.SerializeToString(), key_id.encode())
    return Payload(
        metadata={"encoding": ENCODING, "encryption-key-id": key_id.encode()}, data=nonce + sealed
    )
