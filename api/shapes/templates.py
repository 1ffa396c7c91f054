"""Mail templates: what is live, what is being edited, and what was before."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field, StrictInt

from api.shapes.common import UserRef
from interloop.db.tables import MessageKind
from interloop.domain.base import Value
from interloop.domain.language import Language
from interloop.emails.lint import Finding
from interloop.integrations.mail.port import MailOutcome


class WordsIn(Value):
    """Subject and words of a template as they are typed; the HTML is made of the words."""

    subject: str = Field(max_length=300)
    text: str = Field(max_length=20_000)


class LanguageOut(Value):
    """The organisation's language: of every mail to a candidate whose own is not known."""

    language: Language


class TemplateRow(Value):
    """One kind of mail in one language; version 0 is the text that ships with the product."""

    kind: MessageKind
    language: Language
    version: int
    published_at: datetime | None
    draft: bool
    """Somebody has begun a next version."""


class TemplateVersionRow(Value):
    """A published version, and how many mails were written with it."""

    version: int
    published_at: datetime | None
    published_by: UserRef | None
    used_in: int


class LineChange(Value):
    """One line of the subject or the words: as before, taken out, or new."""

    part: Literal["subject", "text"]
    sign: Literal["same", "removed", "added"]
    line: str


class TemplateVersionOut(TemplateVersionRow):
    """A version with its words, and what it changed about the one before."""

    subject: str
    text: str
    changes: tuple[LineChange, ...]


class TemplateDraftOut(Value):
    """What is being edited; send `revision` back when saving."""

    revision: int
    subject: str
    text: str
    findings: tuple[Finding, ...]


class TemplateDraftIn(WordsIn):
    """A draft to save; 409 `stale_draft` when somebody saved in between."""

    revision: StrictInt = Field(ge=0)


class TemplatePublishIn(Value):
    """Publish the draft with this revision; 422 `template_not_ready` while something blocks."""

    revision: StrictInt = Field(ge=1)


class ValueOut(Value):
    """A value to insert, and what stands in the preview for it."""

    name: str
    says: str


class TemplateOut(Value):
    """One kind of mail in one language, with the values it may speak of."""

    kind: MessageKind
    language: Language
    version: int
    """What the next mail is written with; 0 is the text that ships with the product."""
    draft: TemplateDraftOut
    values: tuple[ValueOut, ...]
    versions: tuple[TemplateVersionRow, ...]
    """Newest first; the last one is version 0."""
    next_version: int


class TemplatePreviewOut(Value):
    """The mail these words make with made-up values; empty while they are no template."""

    subject: str
    text: str
    html: str
    findings: tuple[Finding, ...]


class TestMailOut(Value):
    """Where a test mail went, and how handing it over ended."""

    to: str
    outcome: MailOutcome
    message_id: UUID
