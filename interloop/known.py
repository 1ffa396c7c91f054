"""What is known of somebody who comes in, and whether they are there already."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.rows import seal_column
from interloop.db.tables import Application, Candidate, NameToken, Resume
from interloop.domain.document import ContactDetails
from interloop.domain.errors import Conflict
from interloop.domain.ids import new_id
from interloop.domain.rules import Place
from interloop.domain.stage import Stage
from interloop.security.sealing import KeyClass, blind_index, name_tokens, normal_email
from interloop.services import Services


class AlreadyThere(Conflict):
    """The same person or the same file stands on this job already; `about` is the application."""

    def __init__(self, about: UUID, code: str) -> None:
        super().__init__("this candidate is on this job already", code=code)
        self.about = about


@dataclass(frozen=True)
class Known:
    """What is known of the person before anything is stored."""

    name: str | None
    email: str | None
    email_index: bytes | None
    tokens: tuple[bytes, ...]
    contact: ContactDetails = field(default_factory=ContactDetails)
    digest_index: bytes | None = None


async def known_by(
    services: Services, org_id: UUID, *, name: str | None, email: str | None
) -> Known:
    """Return what a name and an address say; an address is compared folded and blind."""
    org_key = await services.keys.org_key(org_id)
    return Known(
        name=name,
        email=email,
        email_index=blind_index(org_key, "email", normal_email(email)) if email else None,
        tokens=tuple(
            blind_index(org_key, "name", word) for word in sorted(name_tokens(name or ""))
        ),
    )


async def without_resume(session: AsyncSession, job_id: UUID, known: Known) -> Application | None:
    """Return the application of this person that waits without a resume."""
    if known.email_index is None:
        return None
    statement = (
        select(Application)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(
            Application.job_id == job_id,
            Application.resume_id.is_(None),
            Application.stage == Stage.screening,
            Candidate.email_index == known.email_index,
        )
        .with_for_update(of=Application)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def refuse_double(
    session: AsyncSession, job_id: UUID, known: Known, *, but: Application | None = None
) -> None:
    """Raise `AlreadyThere` when the person or the file stands on the job, `but` left aside."""
    statement = (
        select(Application.id, Candidate.email_index)
        .join(Candidate, Candidate.id == Application.candidate_id)
        # Who came by a list has none.
        .join(Resume, Resume.id == Application.resume_id, isouter=True)
        .where(Application.job_id == job_id, _same_person(known))
    )
    for application_id, email_index in await session.execute(statement):
        if but is not None and application_id == but.id:
            continue
        same_email = known.email_index is not None and email_index == known.email_index
        raise AlreadyThere(application_id, "same_email" if same_email else "same_document")


def _same_person(known: Known) -> ColumnElement[bool]:
    same: list[ColumnElement[bool]] = []
    if known.digest_index is not None:
        same.append(Resume.digest_index == known.digest_index)
    if known.email_index is not None:
        same.append(Candidate.email_index == known.email_index)
    return or_(false(), *same)


async def candidate_for(
    services: Services, session: AsyncSession, org_id: UUID, known: Known
) -> Candidate:
    """Return the person as known from another job by their e-mail, or a new one."""
    if known.email_index is not None:
        statement = select(Candidate).where(Candidate.email_index == known.email_index)
        there = (await session.execute(statement)).scalar_one_or_none()
        if there is not None:
            return there
    now = services.clock.now()
    candidate = Candidate(
        id=new_id(),
        org_id=org_id,
        place=Place(),
        email_index=known.email_index,
        created_at=now,
    )
    box = await services.keys.box(org_id, candidate.id, KeyClass.identity)
    phone = known.contact.phone.value if known.contact.phone else None
    for column, text in (("name", known.name), ("email", known.email), ("phone", phone)):
        if text:
            seal_column(box, candidate, f"{column}_sealed", text)
    session.add(candidate)
    await session.flush()
    _add_tokens(session, candidate, known.tokens, now=now)
    return candidate


def _add_tokens(
    session: AsyncSession, candidate: Candidate, tokens: tuple[bytes, ...], *, now: datetime
) -> None:
    for token in tokens:
        session.add(
            NameToken(
                id=new_id(),
                org_id=candidate.org_id,
                candidate_id=candidate.id,
                token=token,
                created_at=now,
            )
        )
