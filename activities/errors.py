"""The border between our errors and Temporal's: codes cross it, persons and vendor texts do not."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from temporalio.exceptions import ApplicationError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from interloop.domain.errors import InterloopError, RateLimited, Unavailable


class Border(Interceptor):
    """Translates what an activity raises; only `Unavailable` and the database are tried again."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - the SDK's name
        """Wrap the activity."""
        return _Translating(next)


class _Translating(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002 - the SDK's name
        try:
            return await self.next.execute_activity(input)
        except InterloopError as wrong:
            raise translated(wrong) from None
        except SQLAlchemyError:
            # Its text quotes statements with their values.
            raise ApplicationError("database_away", type=Unavailable.__name__) from None


@contextmanager
def reaching_database() -> Iterator[None]:
    """Raise `Unavailable` while the database is away, for what no activity asks."""
    try:
        yield
    except SQLAlchemyError:
        raise Unavailable("database is away", code="database_away") from None


def translated(wrong: InterloopError) -> ApplicationError:
    """Return the error as Temporal carries it: class as type, code as message.

    Only what is away is tried again, after the wait it asked for, if it did. Access that was
    revoked, a refusal for good and what may have happened already go to a person.
    """
    return ApplicationError(
        wrong.code,
        type=type(wrong).__name__,
        non_retryable=not isinstance(wrong, Unavailable),
        next_retry_delay=wrong.retry_after if isinstance(wrong, RateLimited) else None,
    )
