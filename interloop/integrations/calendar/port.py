"""What Interloop asks of a calendar service.

Errors of every method: `AuthRevoked` (a person must give access again), `RateLimited` (wait),
`Transient` (nothing was done), `Ambiguous` (a write may have been done and could not be looked
up), `Permanent` (never as asked).
"""

from typing import Annotated, Literal, Protocol

from pydantic import Field, PlainSerializer, SecretStr

from interloop.domain.base import Value
from interloop.domain.calendar import CalendarEvent, EventRef, Span


def _shown(secret: SecretStr) -> str:
    return secret.get_secret_value()


Sealable = Annotated[SecretStr, PlainSerializer(_shown, when_used="json")]
"""Hidden when printed or logged; written out only as the JSON that is sealed at once."""


class ServiceKey(Value):
    """The key of an organisation's service account, acting for one of its people."""

    kind: Literal["service_key"] = "service_key"
    key: Sealable
    """The JSON file that the vendor gave out."""
    subject: str
    """Whom it acts for (domain-wide delegation)."""


class PersonalGrant(Value):
    """What one person granted to our application."""

    kind: Literal["personal_grant"] = "personal_grant"
    client_id: str
    client_secret: Sealable
    refresh_token: Sealable


Credentials = Annotated[ServiceKey | PersonalGrant, Field(discriminator="kind")]


class Account(Value):
    """Whose calendar, and how we get to it."""

    credentials: Credentials
    calendar_id: str = "primary"


class Calendar(Protocol):
    """Reads when people are busy and writes appointments into their calendars."""

    async def busy(self, account: Account, within: Span) -> list[Span]:
        """Return when the calendar is busy, merged, in order, clipped to `within`.

        A calendar that cannot be read raises; it is never taken for free.
        """
        ...

    async def put(self, account: Account, event: CalendarEvent) -> EventRef:
        """Make the calendar hold exactly this event; doing it twice is doing it once."""
        ...

    async def cancel(self, account: Account, event_id: str) -> None:
        """Take the event out; one that is gone or never was is fine."""
        ...
