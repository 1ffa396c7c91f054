"""Signed tokens: short-lived, of one kind each, so that none works where another belongs.

JWT (RFC 7519) with EdDSA (RFC 8037). Every token names its key (`kid`), its audience and its kind;
times are checked against the caller's clock, not the machine's.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import ValidationError

from interloop.domain.base import Value
from interloop.domain.errors import Unauthenticated

ISSUER = "interloop"
LIFETIME = timedelta(minutes=10)
_LEEWAY = timedelta(seconds=2)


class TokenKind(StrEnum):
    """What a token opens; the last four live in cookies, one a path."""

    access = "access"
    candidate = "candidate"
    media = "media"
    events = "events"
    codec = "codec"
    temporal = "temporal"


class Claims(Value):
    """Who the token speaks for: a user, or for candidates their application."""

    kind: TokenKind
    subject: UUID
    org_id: UUID


class Signer:
    """The newest private key signs; every key that is not retired verifies."""

    def __init__(self, keys: Mapping[str, Ed25519PrivateKey]) -> None:
        """`keys` by id, oldest first."""
        self._kid, self._private = list(keys.items())[-1]
        self._public: dict[str, Ed25519PublicKey] = {k: v.public_key() for k, v in keys.items()}

    def issue(self, claims: Claims, *, now: datetime) -> str:
        """Return a token that lives for `LIFETIME` from `now`."""
        body = {
            "iss": ISSUER,
            "aud": f"interloop:{claims.kind}",
            "sub": str(claims.subject),
            "org": str(claims.org_id),
            "typ": claims.kind.value,
            "iat": now,
            "exp": now + LIFETIME,
            "jti": secrets.token_hex(8),
        }
        return jwt.encode(body, self._private, algorithm="EdDSA", headers={"kid": self._kid})

    def read(self, token: str, kind: TokenKind, *, now: datetime) -> Claims:
        """Return the claims of a valid token of this kind; `Unauthenticated` for any other."""
        try:
            body = self._decode(token, kind)
            claims = Claims(kind=body["typ"], subject=body["sub"], org_id=body["org"])
            ends = datetime.fromtimestamp(int(body["exp"]), UTC)
        except (jwt.InvalidTokenError, ValidationError, KeyError, ValueError, TypeError) as wrong:
            raise Unauthenticated("token is not valid", code="bad_token") from wrong
        if ends + _LEEWAY < now:
            raise Unauthenticated("token has expired", code="token_expired")
        if claims.kind is not kind:
            raise Unauthenticated("token is of another kind", code="bad_token")
        return claims

    def _decode(self, token: str, kind: TokenKind) -> dict[str, Any]:
        kid = str(jwt.get_unverified_header(token).get("kid", ""))
        return jwt.decode(
            token,
            self._public[kid],
            algorithms=["EdDSA"],
            audience=f"interloop:{kind}",
            issuer=ISSUER,
            # `exp` and `iat` are checked against our own clock, which tests may move.
            options={
                "require": ["iss", "aud", "sub", "org", "typ", "iat", "exp", "jti"],
                "verify_exp": False,
                "verify_iat": False,
            },
        )
