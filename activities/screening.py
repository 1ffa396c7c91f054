"""Reads a resume and holds it against the job; everything it learns about a person is sealed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.rows import identity_box, must_get, open_column, seal_column
from interloop.db.tables import Application, Candidate, Job, NameToken, Resume
from interloop.db.trail import SYSTEM, audit, changed
from interloop.domain.contact import read_contact
from interloop.domain.document import ContactDetails, ReadDocument, ReadStatus
from interloop.domain.match import rate
from interloop.domain.steps import ApplicationRef, Screened
from interloop.security.sealing import Box, blind_index, name_tokens, normal_email, place_of
from interloop.services import Services


class ScreeningSteps:
    """Reads documents and rates matches."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def read_resume(self, ref: ApplicationRef) -> Screened:
        """Store text and contact details of the resume; idempotent by overwriting with the same.

        What is known of the candidate already is kept; only gaps are filled.
        """
        async with self._services.db.read(ref.org_id) as session:
            application = await must_get(session, Application, ref.application_id)
            candidate = await must_get(session, Candidate, application.candidate_id)
            if application.resume_id is None:
                reachable = candidate.email_sealed is not None
                return Screened(readable=False, reachable=reachable, without_resume=True)
            box = await identity_box(self._services, candidate)
            resume = await must_get(session, Resume, application.resume_id)
        document = await self._read(resume, box)
        contact = read_contact(document.text)
        email = contact.email.value if contact.email else None
        index = await self._index(ref, "email", normal_email(email)) if email else None
        tokens = await self._tokens(ref, contact)
        async with self._services.db.session(ref.org_id) as session:
            resume = await must_get(session, Resume, resume.id, lock=True)
            candidate = await must_get(session, Candidate, application.candidate_id, lock=True)
            _store_document(resume, document, contact, box)
            await _fill_email(session, candidate, box, email=email, index=index)
            _fill_name(session, candidate, box, contact=contact, tokens=tokens, at=self._now())
            await self._note(session, application, document.status)
            return _screened(candidate, readable=document.status is ReadStatus.OK)

    @activity.defn
    async def rate_match(self, ref: ApplicationRef) -> bool:
        """Rate the resume requirement by requirement; idempotent by overwriting with the same."""
        async with self._services.db.session(ref.org_id) as session:
            application = await must_get(session, Application, ref.application_id, lock=True)
            job = await must_get(session, Job, application.job_id)
            candidate = await must_get(session, Candidate, application.candidate_id)
            box = await identity_box(self._services, candidate)
            if application.resume_id is None:
                return False
            resume = await must_get(session, Resume, application.resume_id)
            text = open_column(box, resume, "text_sealed")
            contact = open_column(box, resume, "contact_sealed")
            if text is None or contact is None:
                return False
            rating = rate(job.requirements, text, ContactDetails.model_validate_json(contact))
            seal_column(box, application, "match_sealed", rating.model_dump_json())
            application.match_supported, application.match_total = rating.supported, rating.total
            await changed(session, "application", application.id, at=self._now(), job_id=job.id)
            return True

    async def _read(self, resume: Resume, box: Box) -> ReadDocument:
        sealed = await self._services.storage.get(resume.object_key)
        data = box.open(sealed, place=place_of("resume", "object", resume.id))
        filename = open_column(box, resume, "filename_sealed") or ""
        return await self._services.documents.read(data, filename=filename)

    async def _index(self, ref: ApplicationRef, kind: str, value: str) -> bytes:
        return blind_index(await self._services.keys.org_key(ref.org_id), kind, value)

    async def _tokens(self, ref: ApplicationRef, contact: ContactDetails) -> list[bytes]:
        words = sorted(name_tokens(contact.name.value)) if contact.name else []
        return [await self._index(ref, "name", word) for word in words]

    async def _note(
        self, session: AsyncSession, application: Application, status: ReadStatus
    ) -> None:
        at, details = self._now(), {"status": status.value}
        about = ("resume", application.resume_id)
        await audit(session, SYSTEM, "resume.read", at=at, about=about, details=details)
        await changed(session, "application", application.id, at=at, job_id=application.job_id)

    def _now(self) -> datetime:
        return self._services.clock.now()


def _screened(candidate: Candidate, *, readable: bool) -> Screened:
    return Screened(readable=readable, reachable=candidate.email_sealed is not None)


def _store_document(
    resume: Resume, document: ReadDocument, contact: ContactDetails, box: Box
) -> None:
    resume.status, resume.pages = document.status, document.pages
    resume.has_hidden_text = bool(document.hidden_text)
    if document.status is ReadStatus.OK:
        seal_column(box, resume, "text_sealed", document.text)
        seal_column(box, resume, "contact_sealed", contact.model_dump_json())


async def _fill_email(
    session: AsyncSession, candidate: Candidate, box: Box, *, email: str | None, index: bytes | None
) -> None:
    """Fill a missing address, unless another candidate of the organisation has the same one."""
    if email is None or candidate.email_sealed is not None:
        return
    taken = await session.scalar(
        select(Candidate.id).where(Candidate.email_index == index, Candidate.id != candidate.id)
    )
    if taken is None:
        seal_column(box, candidate, "email_sealed", email)
        candidate.email_index = index


def _fill_name(  # noqa: PLR0913 - a row, its box and what was read
    session: AsyncSession,
    candidate: Candidate,
    box: Box,
    *,
    contact: ContactDetails,
    tokens: list[bytes],
    at: datetime,
) -> None:
    if contact.phone is not None and candidate.phone_sealed is None:
        seal_column(box, candidate, "phone_sealed", contact.phone.value)
    if contact.name is None or candidate.name_sealed is not None:
        return
    seal_column(box, candidate, "name_sealed", contact.name.value)
    for token in tokens:
        row = NameToken(
            org_id=candidate.org_id, candidate_id=candidate.id, token=token, created_at=at
        )
        session.add(row)
