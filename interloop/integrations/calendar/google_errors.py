"""What Google's client raises, as errors of ours: by what may have happened on the other side."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPException
from typing import Any

from google.auth.exceptions import GoogleAuthError, RefreshError
from googleapiclient.errors import HttpError
from httplib2.error import HttpLib2Error, ServerNotFoundError

from interloop.domain.errors import (
    Ambiguous,
    AuthRevoked,
    InterloopError,
    Permanent,
    RateLimited,
    Transient,
)

ABSENT = "calendar_absent"
CHANGED = "calendar_changed"
GONE = "calendar_gone"
TAKEN = "calendar_id_taken"

_SLOW_DOWN = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"}
)
_BY_STATUS: dict[int, tuple[type[InterloopError], str]] = {
    401: (AuthRevoked, AuthRevoked.code),
    403: (AuthRevoked, "calendar_forbidden"),
    404: (Permanent, ABSENT),
    409: (Permanent, TAKEN),
    410: (Permanent, GONE),
    412: (Transient, CHANGED),
}


@contextmanager
def asking(*, writes: bool = False) -> Iterator[None]:
    """Translate what a request raises; with `writes`, an answer that is lost is `Ambiguous`."""
    try:
        yield
    except RefreshError as refused:
        raise _not_refreshed(refused) from None
    except GoogleAuthError:
        # Tokens are fetched before a request: it has not left yet.
        raise Transient("Google gave no token", code="token_away") from None
    except HttpError as answered:
        raise _answered(answered, writes=writes) from None
    except (ConnectionRefusedError, ServerNotFoundError):
        raise Transient("Google is away", code="calendar_away") from None
    except (OSError, HTTPException, HttpLib2Error):
        raise _lost(writes=writes) from None


def _answered(answer: HttpError, *, writes: bool) -> InterloopError:
    status = int(answer.status_code)
    if status == 429 or (status == 403 and _reasons(answer) & _SLOW_DOWN):
        wait = answer.resp.get("retry-after", "")
        after = timedelta(seconds=int(wait)) if wait.isdecimal() else None
        return RateLimited("Google wants fewer requests", retry_after=after)
    if status >= 500:
        return _lost(writes=writes)
    kind, code = _BY_STATUS.get(status, (Permanent, "calendar_refused"))
    return kind(f"Google answers {status}", code=code)


def _lost(*, writes: bool) -> InterloopError:
    if writes:
        return Ambiguous("Google may have written it", code="calendar_unsure")
    return Transient("Google is away", code="calendar_away")


def _reasons(answer: HttpError) -> set[str]:
    """Return Google's words for why, such as `rateLimitExceeded`."""
    try:
        told: Any = json.loads(answer.content)["error"]["errors"]
        return {str(each.get("reason")) for each in told}
    except (ValueError, KeyError, TypeError, AttributeError):
        return set()


def _not_refreshed(refused: RefreshError) -> InterloopError:
    """`invalid_grant` and its like need a person; what may pass later does not."""
    if refused.retryable:
        return Transient("Google gave no token", code="token_away")
    return AuthRevoked("Google gives no token for this account")
