"""Mails as rows of the outbox: an organisation's template, and a mail sealed into its row."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.rows import seal_column
from interloop.db.tables import Message, MessageKind, TemplateVersion
from interloop.emails import MailTemplate, RenderedMail, default_template
from interloop.security.sealing import Box


async def template_for(session: AsyncSession, kind: MessageKind) -> MailTemplate:
    """Return the organisation's newest template of this kind, or the one that ships."""
    statement = (
        select(TemplateVersion)
        .where(TemplateVersion.name == kind.value)
        .order_by(TemplateVersion.version.desc())
    )
    own = (await session.execute(statement)).scalars().first()
    if own is None:
        return default_template(kind.value)
    return MailTemplate(subject=own.subject, text=own.text, html=own.html)


def seal_mail(box: Box, message: Message, mail: RenderedMail) -> None:
    """Seal subject, text and HTML into the row, which must have its id."""
    for part in RenderedMail.model_fields:
        seal_column(box, message, f"{part}_sealed", getattr(mail, part))
