"""Who gets in: service accounts with delegation, people's grants, and the tokens of both."""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from sandbox.google.answers import NoToken, too_narrow, unknown_token
from sandbox.google.discovery import method

AUDIENCE = "https://oauth2.googleapis.com/token"
"""What Google's client signs for, whatever the address of the token endpoint."""
SERVICE_ACCOUNT = "interloop@sandbox.iam.gserviceaccount.example"
CLIENT_ID, CLIENT_SECRET = "sandbox-client", "sandbox-secret"
KEY_ID = "sandbox-1"

_LIFE_S = 3599
_LONGEST_CLAIM_S = 3600
_SKEW_S = 60


@dataclass(frozen=True)
class Pass:
    """What one access token opens."""

    subject: str
    scopes: frozenset[str]
    ends: float


@dataclass
class Access:
    """Keys, grants and living tokens; passes are forgotten with the process, grants are not."""

    key: RSAPrivateKey
    passes: dict[str, Pass] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    """Folded addresses whose access was taken back; `*` is everybody's."""

    def clear(self) -> None:
        """Everybody's access is back; tokens are to be fetched anew."""
        self.passes.clear()
        self.revoked.clear()

    def revoke(self, subject: str) -> None:
        """Takes a person's access back, with the tokens that were given out."""
        self.revoked.add(subject.casefold())
        self.passes = {k: v for k, v in self.passes.items() if not self._is_revoked(v.subject)}

    def expire(self) -> None:
        """Every living token ends now; new ones can be had."""
        self.passes.clear()

    def grant(self, subject: str) -> str:
        """A refresh token of that person; the same one after a restart."""
        words = base64.urlsafe_b64encode(subject.encode()).decode("ascii").rstrip("=")
        return f"1//{words}.{self._sign(subject)}"

    def by_assertion(self, assertion: str) -> str:
        """An access token for a signed claim (RFC 7523); raises `NoToken`."""
        try:
            claims = jwt.decode(
                assertion,
                self.key.public_key(),
                algorithms=["RS256"],
                audience=AUDIENCE,
                issuer=SERVICE_ACCOUNT,
                leeway=_SKEW_S,
                options={"require": ["exp", "iat", "iss", "aud", "scope"]},
            )
        except jwt.InvalidTokenError as wrong:
            raise NoToken("invalid_grant", f"Invalid JWT: {wrong}") from None
        if claims["exp"] - claims["iat"] > _LONGEST_CLAIM_S + _SKEW_S:
            raise NoToken("invalid_grant", "Invalid JWT: a claim lasts an hour at most.")
        subject = str(claims.get("sub", SERVICE_ACCOUNT))
        if self._is_revoked(subject):
            message = "Client is unauthorized to retrieve access tokens using this method."
            raise NoToken("unauthorized_client", message, 401)
        return self._new_pass(subject, str(claims["scope"]))

    def by_grant(self, given: dict[str, str]) -> str:
        """An access token for a refresh token (RFC 6749, 6); raises `NoToken`."""
        client = given.get("client_id"), given.get("client_secret")
        if client != (CLIENT_ID, CLIENT_SECRET):
            raise NoToken("invalid_client", "The OAuth client was not found.", 401)
        subject = self._subject_of(given.get("refresh_token", ""))
        if subject is None or self._is_revoked(subject):
            raise NoToken("invalid_grant", "Token has been expired or revoked.")
        return self._new_pass(subject, given.get("scope", ""))

    def subject(self, token: str, name: str) -> str:
        """The person behind a token that opens this method; raises `Refused`."""
        known = self.passes.get(token)
        if known is None or known.ends < time.monotonic():
            raise unknown_token()
        if not known.scopes & set(method(name)["scopes"]):
            raise too_narrow()
        return known.subject

    def _new_pass(self, subject: str, scope: str) -> str:
        token = f"ya29.{secrets.token_urlsafe(24)}"
        ends = time.monotonic() + _LIFE_S
        self.passes[token] = Pass(subject, frozenset(scope.split()), ends)
        return token

    def _subject_of(self, refresh_token: str) -> str | None:
        words, _, signature = refresh_token.removeprefix("1//").partition(".")
        try:
            subject = base64.urlsafe_b64decode(words + "=" * (-len(words) % 4)).decode()
        except ValueError:
            return None
        return subject if hmac.compare_digest(signature, self._sign(subject)) else None

    def _sign(self, subject: str) -> str:
        number = self.key.private_numbers().d
        secret = number.to_bytes((number.bit_length() + 7) // 8, "big")
        return hmac.new(secret, subject.encode(), hashlib.sha256).hexdigest()

    def _is_revoked(self, subject: str) -> bool:
        return bool({"*", subject.casefold()} & self.revoked)
