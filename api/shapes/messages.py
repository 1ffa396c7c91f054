"""Mails to a candidate."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from api.shapes.common import UserRef
from interloop.db.tables import MessageKind, MessageState
from interloop.domain.base import Value

MessageAct = Literal["arrived", "send_again"]


class MessageOut(Value):
    """One mail to the candidate and where it stands."""

    id: UUID
    kind: MessageKind
    state: MessageState
    language: str
    template_version: int
    """The version it was written with; 0 is the text that ships with the product."""
    subject: str
    text: str
    created_by: UserRef
    created_at: datetime
    sent_at: datetime | None
    failure_code: str | None
    may: tuple[MessageAct, ...]
    """What the asker may say of it now."""


class SettleIn(Value):
    """`arrived`: the candidate has it. `send_again`: they do not, send it once more."""

    act: MessageAct
