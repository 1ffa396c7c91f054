"""Connections to interviewers' calendars."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, SecretStr

from api.shapes.common import UserRef
from interloop.domain.base import Value
from interloop.domain.calendar import AccessState, CalendarProvider

_Words = Annotated[SecretStr, Field(min_length=1, max_length=20_000)]


class ServiceKeyIn(Value):
    """The JSON file of a service account that may act for the asker."""

    kind: Literal["service_key"]
    key: _Words


class PersonalGrantIn(Value):
    """What the asker granted to the organisation's own OAuth client."""

    kind: Literal["personal_grant"]
    client_id: str = Field(min_length=1, max_length=300)
    client_secret: _Words
    refresh_token: _Words


class SandboxIn(Value):
    """One click, where the sandbox plays Google."""

    kind: Literal["sandbox"]


class CalendarIn(Value):
    """Connect the asker's own calendar."""

    access: Annotated[ServiceKeyIn | PersonalGrantIn | SandboxIn, Field(discriminator="kind")]
    invites_guests: bool = False
    """Let the calendar itself invite candidates; our mails then carry no invitation."""


class CalendarOut(Value):
    """The health of one connection; never what opens it."""

    id: UUID
    user: UserRef
    provider: CalendarProvider
    account_id: str
    state: AccessState
    invites_guests: bool
    connected_at: datetime
    last_success_at: datetime | None
    failure_code: str | None
    waiting: int
    """Appointments that wait to be written there."""


class OwnCalendarOut(Value):
    """The asker's own connection, if there is one, and what can be done."""

    connection: CalendarOut | None
    sandbox: bool
    """Whether one click connects the sandbox's calendar."""
