"""Takes a candidate in: one transaction that leaves candidate, resume and application, or none."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.rows import seal_column
from interloop.db.tables import Application, Candidate, Job, Resume
from interloop.db.trail import Who, audit, changed
from interloop.domain.contact import read_contact
from interloop.domain.document import ContactDetails, ReadDocument, ReadStatus
from interloop.domain.errors import Unreadable
from interloop.domain.ids import new_id
from interloop.domain.lists import ListedPerson
from interloop.domain.match import rate
from interloop.domain.stage import Stage, WaitingOn
from interloop.known import Known, candidate_for, known_by, refuse_double, without_resume
from interloop.security.sealing import Box, KeyClass, blind_index, place_of
from interloop.services import Services

_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Hand(Protocol):
    """Whoever acts for an organisation: a member of staff, or a system by its key."""

    @property
    def org_id(self) -> UUID:
        """Return the organisation."""
        ...

    @property
    def who(self) -> Who:
        """Return the hand for the audit trail."""
        ...


Within = Callable[[AsyncSession, Application], Awaitable[None]]


async def _nothing_more(session: AsyncSession, application: Application) -> None:
    """Write nothing beside the application."""


@dataclass(frozen=True)
class Arrival:
    """An uploaded resume and what was typed beside it."""

    job_id: UUID
    data: bytes
    filename: str
    name: str | None
    email: str | None


async def take_in(
    services: Services, staff: Hand, arrival: Arrival, *, within: Within = _nothing_more
) -> Application:
    """Read the document, then store everything at once; returns the committed row.

    Who came by a list and still stands in screening gets the resume that they lack. `within` writes
    more in the same transaction.

    Raises `Unreadable` with the read status as code, and `AlreadyThere`. Nothing is left behind.
    """
    document = await _readable(services, arrival)
    known = await _known(services, staff.org_id, arrival, document)
    resume_id, kept = new_id(), False
    key = f"resumes/{staff.org_id}/{resume_id}"
    try:
        async with services.db.session(staff.org_id) as session:
            there = await without_resume(session, arrival.job_id, known)
            await refuse_double(session, arrival.job_id, known, but=there)
            candidate = await candidate_for(services, session, staff.org_id, known)
            box = await services.keys.box(staff.org_id, candidate.id, KeyClass.identity)
            resume = _resume(arrival, candidate, known, key=key, resume_id=resume_id)
            resume.created_at = services.clock.now()
            _fill_resume(resume, box, arrival, document=document, contact=known.contact)
            session.add(resume)
            sealed = box.seal(arrival.data, place=place_of("resume", "object", resume.id))
            await services.storage.put(key, sealed)
            application = await _apply(session, staff, arrival.job_id, resume, there=there)
            if there is not None:
                await _rate(session, there, box, document=document, contact=known.contact)
            await within(session, application)
        kept = True
    except IntegrityError:
        # Somebody added the same person a moment ago; say which application that is.
        async with services.db.read(staff.org_id) as session:
            await refuse_double(session, arrival.job_id, known)
        raise
    finally:
        if not kept:
            await services.storage.delete(key)
    return application


async def take_in_listed(
    services: Services,
    staff: Hand,
    job_id: UUID,
    person: ListedPerson,
    *,
    within: Within = _nothing_more,
) -> Application:
    """Take in a person of a list, who has no resume; returns the committed row.

    Of somebody who is known from another job only gaps are filled. Raises `AlreadyThere`.
    """
    known = await known_by(services, staff.org_id, name=person.name, email=person.email)
    try:
        async with services.db.session(staff.org_id) as session:
            await refuse_double(session, job_id, known)
            candidate = await candidate_for(services, session, staff.org_id, known)
            candidate.language = candidate.language or person.language
            candidate.zone = candidate.zone or person.zone
            application = _application(job_id, candidate.id, at=services.clock.now())
            if person.reference is not None:
                box = await services.keys.box(staff.org_id, candidate.id, KeyClass.identity)
                seal_column(box, application, "reference_sealed", person.reference)
            await _add(session, staff, application)
            await within(session, application)
    except IntegrityError:
        async with services.db.read(staff.org_id) as session:
            await refuse_double(session, job_id, known)
        raise
    return application


async def _readable(services: Services, arrival: Arrival) -> ReadDocument:
    document = await services.documents.read(arrival.data, filename=arrival.filename)
    if document.status is not ReadStatus.OK:
        raise Unreadable("this document cannot be used", code=document.status.value)
    return document


def media_type_of(data: bytes) -> str:
    """Return the type by the first bytes; the browser's word is not taken for it."""
    if _PDF in data[:1024]:
        return "application/pdf"
    return _DOCX if data.startswith(_ZIP) else "text/plain"


async def _known(
    services: Services, org_id: UUID, arrival: Arrival, document: ReadDocument
) -> Known:
    contact = read_contact(document.text)
    email = arrival.email or (contact.email.value if contact.email else None)
    name = arrival.name or (contact.name.value if contact.name else None)
    org_key = await services.keys.org_key(org_id)
    digest = hashlib.sha256(arrival.data).hexdigest()
    return replace(
        await known_by(services, org_id, name=name, email=email),
        contact=contact,
        digest_index=blind_index(org_key, "document", digest),
    )


def _resume(
    arrival: Arrival, candidate: Candidate, known: Known, *, key: str, resume_id: UUID
) -> Resume:
    return Resume(
        id=resume_id,
        org_id=candidate.org_id,
        candidate_id=candidate.id,
        object_key=key,
        media_type=media_type_of(arrival.data),
        size=len(arrival.data),
        digest_index=known.digest_index,
    )


def _fill_resume(
    resume: Resume, box: Box, arrival: Arrival, *, document: ReadDocument, contact: ContactDetails
) -> None:
    resume.status, resume.pages = document.status, document.pages
    resume.has_hidden_text = bool(document.hidden_text)
    seal_column(box, resume, "filename_sealed", arrival.filename)
    seal_column(box, resume, "text_sealed", document.text)
    seal_column(box, resume, "contact_sealed", contact.model_dump_json())


async def _apply(
    session: AsyncSession, staff: Hand, job_id: UUID, resume: Resume, *, there: Application | None
) -> Application:
    """Return the new application of this resume, or the one that had none and has it now."""
    at = resume.created_at
    if there is None:
        application = _application(job_id, resume.candidate_id, at=at)
        application.resume_id = resume.id
        await _add(session, staff, application)
        return application
    await session.flush()
    there.resume_id = resume.id
    about, details = ("application", there.id), {"resume": str(resume.id)}
    await audit(session, staff.who, "resume.added", at=at, about=about, details=details)
    await changed(session, "application", there.id, at=at, job_id=job_id)
    return there


async def _rate(
    session: AsyncSession,
    application: Application,
    box: Box,
    *,
    document: ReadDocument,
    contact: ContactDetails,
) -> None:
    """Rate a resume that comes after its journey has looked for one."""
    job = await session.get_one(Job, application.job_id)
    rating = rate(job.requirements, document.text, contact)
    seal_column(box, application, "match_sealed", rating.model_dump_json())
    application.match_supported, application.match_total = rating.supported, rating.total


def _application(job_id: UUID, candidate_id: UUID, *, at: datetime) -> Application:
    return Application(
        id=new_id(),
        job_id=job_id,
        candidate_id=candidate_id,
        stage=Stage.screening,
        stage_since=at,
        waiting_on=WaitingOn.system,
        created_at=at,
    )


async def _add(session: AsyncSession, staff: Hand, application: Application) -> None:
    application.org_id = staff.org_id
    await session.flush()
    session.add(application)
    await session.flush()
    at, about = application.created_at, ("application", application.id)
    await audit(session, staff.who, "application.added", at=at, about=about)
    await changed(session, "application", application.id, at=at, job_id=application.job_id)
