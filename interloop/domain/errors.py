"""The whole tree of what can go wrong, in one place.

InterloopError
|- Refusal            the request is understood and refused (4xx)
|  |- Unauthenticated  who are you (401)
|  |- Forbidden        known, but not allowed (403)
|  |- NotFound         no such thing here, or not yours (404)
|  |- Conflict         somebody or something was faster (409)
|  |  `- Superseded    a newer epoch holds the interview; stop
|  |- Gone             it was valid once: used or expired link (410)
|  |- TooLarge         more than we take (413)
|  |- Unreadable       a document or field we cannot use (422)
|  |- TooMany          slow down (429)
|  |- AuthRevoked      an outside party no longer knows us; a person must act (409)
|  `- Permanent        an outside party will never do this (422)
|- Unavailable        something we need is away; try again (503)
|  `- Transient        an outside party is; nothing was done there
|     `- RateLimited   it says how long to wait
|- Ambiguous          it may have been done outside; look before doing it again (503)
`- KeyDestroyed       the key is gone for good; never try again (410)
"""

from datetime import timedelta


class InterloopError(Exception):
    """Base of all our errors; `code` is stable and carries no person and no vendor text."""

    code: str = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class Refusal(InterloopError):
    """The request is understood and refused."""

    code = "refused"


class Unauthenticated(Refusal):
    """Nobody, or an expired or reused credential, is asking."""

    code = "unauthenticated"


class Forbidden(Refusal):
    """The asker is known and may not do this."""

    code = "forbidden"


class NotFound(Refusal):
    """There is no such thing in the asker's organisation."""

    code = "not_found"


class Conflict(Refusal):
    """The state has moved on; look again."""

    code = "conflict"


class Gone(Refusal):
    """It was valid once: a used, expired or replaced link."""

    code = "gone"


class TooLarge(Refusal):
    """More bytes than we take."""

    code = "too_large"


class Unreadable(Refusal):
    """A document or field that cannot be used; `code` says which way."""

    code = "unreadable"


class TooMany(Refusal):
    """Slow down."""

    code = "too_many"


class Unavailable(InterloopError):
    """Something we need is away; nothing was done, try again."""

    code = "unavailable"


class Transient(Unavailable):
    """An outside party is away or stumbled; nothing was done there, try again."""

    code = "outside_away"


class RateLimited(Transient):
    """An outside party wants fewer requests; `retry_after` is the wait that it named, if any."""

    code = "rate_limited"

    def __init__(
        self, message: str, *, code: str | None = None, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class Ambiguous(InterloopError):
    """It may have been done outside: look there first, never repeat it blindly."""

    code = "ambiguous"


class AuthRevoked(Refusal):
    """An outside party no longer knows us; only a person can give access again."""

    code = "access_revoked"


class Permanent(Refusal):
    """An outside party will never do this as asked."""

    code = "refused_outside"


class KeyDestroyed(InterloopError):
    """The key of this person and class was destroyed; the data stays unreadable."""

    code = "key_destroyed"


class Superseded(Conflict):
    """A newer epoch holds this interview: whoever hears this stops at once and writes no more."""

    code = "old_epoch"
