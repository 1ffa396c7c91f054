"""One-time passes that open a wire; kept in memory, since the same process gave and takes them."""

import secrets
import time
from uuid import UUID

from interloop.domain.errors import Gone

LIFETIME_S = 20.0


class Passes:
    """At most one pass an interview: a newer one takes the place of the one before."""

    def __init__(self) -> None:
        self._given: dict[UUID, tuple[str, float]] = {}

    def give(self, interview_id: UUID) -> str:
        """Return a new pass to the interview's wire."""
        token = f"{interview_id.hex}.{secrets.token_urlsafe(24)}"
        self._given[interview_id] = (token, time.monotonic() + LIFETIME_S)
        return token

    def redeem(self, token: str) -> UUID:
        """Use a pass up and return its interview; `Gone` (`bad_pass`) when it opens nothing."""
        for interview_id, (given, until) in self._given.items():
            if secrets.compare_digest(given.encode(), token.encode()):
                del self._given[interview_id]
                if until > time.monotonic():
                    return interview_id
                break
        raise Gone("pass opens nothing", code="bad_pass")

    def forget(self, interview_id: UUID) -> None:
        """The interview is not held here any more."""
        self._given.pop(interview_id, None)
