"""Templates as rows: the live one, the draft, the versions, and what their words make."""

import difflib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import Staff
from api.people import user_refs
from api.shapes.templates import (
    LineChange,
    TemplateDraftIn,
    TemplateDraftOut,
    TemplateOut,
    TemplatePreviewOut,
    TemplateRow,
    TemplateVersionOut,
    TemplateVersionRow,
    ValueOut,
    WordsIn,
)
from interloop.db.tables import Message, MessageKind, TemplateVersion, VersionState
from interloop.domain.base import Value
from interloop.domain.errors import Conflict, NotFound, Unreadable
from interloop.domain.ids import new_id
from interloop.domain.language import Language
from interloop.emails import Words, default_words, render, say_instant, template_of
from interloop.emails.lint import Finding, lint
from interloop.emails.rendering import LINK, REVIEW_LINK
from interloop.emails.values import KIND_VALUES, VALUES

STALE = Conflict("somebody saved in between; look again", code="stale_draft")

_NOBODY = {Language.en: "Robin Sample", Language.de: "Robin Muster"}
_JOB = {Language.en: "Example job", Language.de: "Beispielstelle"}


class Which(Value):
    """One kind of mail in one language."""

    kind: MessageKind
    language: Language


async def rows_of(session: AsyncSession) -> list[TemplateRow]:
    """Return every kind in every language, with what is live."""
    own = (
        await session.execute(select(TemplateVersion).order_by(TemplateVersion.version))
    ).scalars()
    live: dict[tuple[str, str], TemplateVersion] = {}
    drafts: set[tuple[str, str]] = set()
    for row in own:
        if row.state is VersionState.draft:
            drafts.add((row.name, row.language))
        else:
            live[row.name, row.language] = row
    return [
        TemplateRow(
            kind=MessageKind(kind),
            language=language,
            version=live[kind, language].version if (kind, language) in live else 0,
            published_at=live[kind, language].published_at if (kind, language) in live else None,
            draft=(kind, language) in drafts,
        )
        for kind in KIND_VALUES
        for language in Language
    ]


async def template_page(session: AsyncSession, which: Which) -> TemplateOut:
    """Return one template with its draft, its values and its versions."""
    rows = await _published(session, which)
    draft = await draft_of(session, which)
    live = rows[0] if rows else None
    shown = draft or live or default_words(which.kind, which.language)
    versions = await _version_rows(session, which, rows)
    return TemplateOut(
        kind=which.kind,
        language=which.language,
        version=live.version if live else 0,
        draft=TemplateDraftOut(
            revision=draft.revision if draft else 0,
            subject=shown.subject,
            text=shown.text,
            findings=findings_of(which, shown),
        ),
        values=tuple(
            ValueOut(name=name, says=VALUES[name].says) for name in KIND_VALUES[which.kind]
        ),
        versions=versions,
        next_version=(live.version if live else 0) + 1,
    )


async def version_page(session: AsyncSession, which: Which, version: int) -> TemplateVersionOut:
    """Return one version and what it changed; `NotFound` when there is none."""
    rows = await _published(session, which)
    words = {row.version: Words(subject=row.subject, text=row.text) for row in rows}
    words[0] = default_words(which.kind, which.language)
    if version not in words:
        raise NotFound("there is no such version", code="no_version")
    before = words[max((each for each in words if each < version), default=version)]
    about = next(row for row in await _version_rows(session, which, rows) if row.version == version)
    return TemplateVersionOut(
        **about.model_dump(exclude={"published_by"}),
        published_by=about.published_by,
        subject=words[version].subject,
        text=words[version].text,
        changes=tuple(_changes(before, words[version])) if version else (),
    )


async def draft_of(
    session: AsyncSession, which: Which, *, lock: bool = False
) -> TemplateVersion | None:
    """Return the draft, if somebody has begun one."""
    statement = _of(which).where(TemplateVersion.state == VersionState.draft)
    if lock:
        statement = statement.with_for_update()
    return (await session.execute(statement)).scalar_one_or_none()


async def store_draft(
    session: AsyncSession, which: Which, body: TemplateDraftIn, *, now: datetime
) -> TemplateVersion:
    """Store the draft as the next version to be; `Conflict` when somebody saved in between."""
    row = await draft_of(session, which, lock=True)
    if (row.revision if row else 0) != body.revision:
        raise STALE
    if row is None:
        newest = await session.scalar(
            select(func.max(TemplateVersion.version)).where(
                TemplateVersion.name == which.kind.value,
                TemplateVersion.language == which.language.value,
            )
        )
        row = TemplateVersion(
            id=new_id(),
            name=which.kind.value,
            language=which.language.value,
            version=(newest or 0) + 1,
            state=VersionState.draft,
            html="",
            created_at=now,
        )
        session.add(row)
    row.subject, row.text, row.revision = body.subject, body.text, body.revision + 1
    await session.flush()
    return row


def publish_row(row: TemplateVersion, *, by: UUID, at: datetime) -> None:
    """Make a draft the live version, with the HTML of its words."""
    words = Words(subject=row.subject, text=row.text)
    row.html = template_of(row.name, row.language, words).html
    row.state, row.published_at, row.published_by = VersionState.published, at, by


def findings_of(which: Which, words: Words | WordsIn | TemplateVersion) -> tuple[Finding, ...]:
    """Return what is wrong with these words."""
    typed = Words(subject=words.subject, text=words.text)
    return lint(which.kind, template_of(which.kind, which.language, typed))


def preview(
    which: Which, words: WordsIn, *, staff: Staff, organization: str, at: datetime
) -> TemplatePreviewOut:
    """Return the mail with made-up values; without HTML while the words are no template."""
    findings = findings_of(which, words)
    typed = Words(subject=words.subject, text=words.text)
    template = template_of(which.kind, which.language, typed)
    values = _made_up(which, staff=staff, organization=organization, at=at)
    try:
        mail = render(template, values)
    except Unreadable:
        return TemplatePreviewOut(subject="", text="", html="", findings=findings)
    return TemplatePreviewOut(
        subject=mail.subject,
        text=mail.text,
        html=mail.html.replace(f'href="{LINK}"', 'href="#"').replace(
            f'href="{REVIEW_LINK}"', 'href="#"'
        ),
        findings=findings,
    )


def _made_up(which: Which, *, staff: Staff, organization: str, at: datetime) -> dict[str, str]:
    def say(days: int) -> str:
        return say_instant(at + timedelta(days=days), which.language, "Europe/Berlin")

    known = {
        "candidate_name": _NOBODY[which.language],
        "organization": organization,
        "job_title": _JOB[which.language],
        "minutes": "30",
        "open_until": say(14),
        "starts_at": say(3),
        "earlier_start": say(2),
        "answer_by": say(7),
        "interviewer_name": staff.name,
        "place": "https://meet.example.com/room-4",
        "contact_name": staff.name,
        "contact_email": staff.email,
    }
    return {name: known[name] for name in KIND_VALUES[which.kind] if name in known}


def _of(which: Which) -> Select[TemplateVersion]:
    return select(TemplateVersion).where(
        TemplateVersion.name == which.kind.value,
        TemplateVersion.language == which.language.value,
    )


async def _published(session: AsyncSession, which: Which) -> list[TemplateVersion]:
    statement = (
        _of(which)
        .where(TemplateVersion.state == VersionState.published)
        .order_by(TemplateVersion.version.desc())
    )
    return list((await session.execute(statement)).scalars())


async def _version_rows(
    session: AsyncSession, which: Which, rows: list[TemplateVersion]
) -> tuple[TemplateVersionRow, ...]:
    statement = (
        select(Message.template_version_id, func.count(Message.id))
        .where(Message.kind == which.kind, Message.language == which.language.value)
        .group_by(Message.template_version_id)
    )
    used = {row[0]: row[1] for row in await session.execute(statement)}
    people = await user_refs(session, (row.published_by for row in rows))
    own = tuple(
        TemplateVersionRow(
            version=row.version,
            published_at=row.published_at,
            published_by=people.get(row.published_by) if row.published_by else None,
            used_in=used.get(row.id, 0),
        )
        for row in rows
    )
    ships = TemplateVersionRow(
        version=0, published_at=None, published_by=None, used_in=used.get(None, 0)
    )
    return (*own, ships)


def _changes(before: Words, after: Words) -> Iterator[LineChange]:
    parts: tuple[tuple[Literal["subject", "text"], str, str], ...] = (
        ("subject", before.subject, after.subject),
        ("text", before.text, after.text),
    )
    signs: dict[str, Literal["same", "removed", "added"]] = {
        "  ": "same",
        "- ": "removed",
        "+ ": "added",
    }
    for part, old, new in parts:
        for line in difflib.ndiff(old.splitlines(), new.splitlines()):
            if line[:2] in signs:
                yield LineChange(part=part, sign=signs[line[:2]], line=line[2:])
