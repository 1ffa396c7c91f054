"""Mails as rows of the outbox: written from an organisation's template, sealed into their row."""

from datetime import datetime
from uuid import UUID

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.keystore import KeyStore
from interloop.db.rows import must_get, open_column, seal_column
from interloop.db.tables import (
    Application,
    Candidate,
    Job,
    Message,
    MessageKind,
    MessageState,
    Organization,
    TemplateVersion,
    User,
    VersionState,
)
from interloop.db.trail import SYSTEM, Who, audit
from interloop.domain.base import Value
from interloop.domain.ids import new_id
from interloop.domain.language import Language
from interloop.emails import (
    MailTemplate,
    RenderedMail,
    Words,
    default_template,
    render,
    say_instant,
    template_of,
)
from interloop.security.sealing import Box, KeyClass


class Letter(Value):
    """A mail to write: its kind, what it says beside the usual, and by whom.

    `values` are of the list in `emails.values`; an instant is said in the reader's language and in
    `zone` (IANA). Names of candidate, job, organisation and contact are known without them.
    """

    id: UUID = Field(default_factory=new_id)
    """Whoever may write twice names it: the same mail is then one."""
    application_id: UUID
    kind: MessageKind
    at: datetime
    values: dict[str, str | datetime] = {}
    zone: str = "UTC"
    by: UUID | None = None
    """Who answers questions; None is whoever opened the job, and the system writes."""
    state: MessageState = MessageState.pending


class Template(Value):
    """A template and the version it is; None is the one that ships with the product."""

    version_id: UUID | None
    words: MailTemplate


async def write_message(session: AsyncSession, keys: KeyStore, letter: Letter) -> Message:
    """Write a mail into the outbox, in the candidate's language, pinned to its template version.

    Raises `Unreadable` for a value that no mail may carry.
    """
    application = await must_get(session, Application, letter.application_id)
    candidate = await must_get(session, Candidate, application.candidate_id)
    job = await must_get(session, Job, application.job_id)
    contact = await must_get(session, User, letter.by or job.created_by)
    organization = await session.get_one(Organization, application.org_id)
    language = candidate.language or organization.language
    box = await keys.box(application.org_id, candidate.id, KeyClass.identity)
    template = await template_for(session, letter.kind, language)
    values = {
        "candidate_name": open_column(box, candidate, "name_sealed") or "",
        "organization": organization.name,
        "job_title": job.title,
        "contact_name": contact.name,
        "contact_email": contact.email,
    }
    mail = render(template.words, values | _said(letter, language))
    message = Message(
        id=letter.id,
        org_id=application.org_id,
        application_id=application.id,
        kind=letter.kind,
        template_version_id=template.version_id,
        language=language,
        created_by=contact.id,
        state=letter.state,
        created_at=letter.at,
    )
    seal_mail(box, message, mail)
    session.add(message)
    who = Who(kind="user", id=letter.by) if letter.by else SYSTEM
    details = {"kind": letter.kind.value}
    await audit(
        session,
        who,
        "message.drafted",
        at=letter.at,
        about=("message", message.id),
        details=details,
    )
    return message


async def template_for(session: AsyncSession, kind: MessageKind, language: str) -> Template:
    """Return the organisation's newest published template, or the one that ships."""
    statement = (
        select(TemplateVersion)
        .where(
            TemplateVersion.name == kind.value,
            TemplateVersion.language == language,
            TemplateVersion.state == VersionState.published,
        )
        .order_by(TemplateVersion.version.desc())
    )
    own = (await session.execute(statement)).scalars().first()
    if own is None:
        return Template(version_id=None, words=default_template(kind.value, language))
    return Template(version_id=own.id, words=template_in(own))


def template_in(row: TemplateVersion) -> MailTemplate:
    """Return the template of a row; where it has no HTML, that is made of its words."""
    if not row.html:
        return template_of(row.name, row.language, Words(subject=row.subject, text=row.text))
    return MailTemplate(subject=row.subject, text=row.text, html=row.html)


def seal_mail(box: Box, message: Message, mail: RenderedMail) -> None:
    """Seal subject, text and HTML into the row, which must have its id."""
    for part in RenderedMail.model_fields:
        seal_column(box, message, f"{part}_sealed", getattr(mail, part))


def opened_mail(box: Box, message: Message) -> RenderedMail:
    """Return subject, text and HTML of a row."""
    parts = {
        part: open_column(box, message, f"{part}_sealed") or ""
        for part in RenderedMail.model_fields
    }
    return RenderedMail(**parts)


def _said(letter: Letter, language: str) -> dict[str, str]:
    return {
        name: each if isinstance(each, str) else say_instant(each, Language(language), letter.zone)
        for name, each in letter.values.items()
    }
