"""How to reach a candidate: opening and storing what is sealed."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import Staff
from api.people import box_of
from api.shapes.applications import ContactIn, ContactOut
from interloop.db.rows import must_get, open_column, seal_column
from interloop.db.tables import Application, Candidate, NameToken
from interloop.db.trail import audit, changed
from interloop.domain.errors import Conflict, KeyDestroyed
from interloop.domain.ids import new_id
from interloop.domain.journey import NextStep
from interloop.domain.language import Language
from interloop.security.sealing import KeyClass, blind_index, name_tokens, normal_email
from interloop.services import Services


async def contact_of(
    services: Services, candidate: Candidate, application: Application
) -> ContactOut:
    """Return the contact details; all None after erasure."""
    try:
        box = await box_of(services, candidate.org_id, candidate.id, KeyClass.identity)
    except KeyDestroyed:
        return ContactOut(name=None, email=None, phone=None, place=candidate.place)
    return ContactOut(
        name=open_column(box, candidate, "name_sealed"),
        email=open_column(box, candidate, "email_sealed"),
        phone=open_column(box, candidate, "phone_sealed"),
        place=candidate.place,
        reference=open_column(box, application, "reference_sealed"),
        language=Language(candidate.language) if candidate.language else None,
    )


async def store_contact(
    services: Services, staff: Staff, application_id: UUID, given: ContactIn
) -> bool:
    """Store what was typed; tell whether a journey waits for an address that is there now.

    Raises `Conflict` (`email_taken`) when another candidate has this address.
    """
    now = services.clock.now()
    org_key = await services.keys.org_key(staff.org_id)
    async with services.db.session(staff.org_id) as session:
        application = await must_get(session, Application, application_id, lock=True)
        candidate = await must_get(session, Candidate, application.candidate_id, lock=True)
        box = await box_of(services, staff.org_id, candidate.id, KeyClass.identity)
        if given.email is not None:
            index = blind_index(org_key, "email", normal_email(given.email))
            await _refuse_taken(session, candidate, index)
            candidate.email_index = index
        for column in ("name", "email", "phone"):
            text = getattr(given, column)
            if text is not None:
                seal_column(box, candidate, f"{column}_sealed", text)
        if given.place is not None:
            candidate.place = given.place
        if "language" in given.model_fields_set:
            candidate.language = given.language
        if given.name is not None:
            await _retoken(session, candidate, org_key, given.name)
        about = ("candidate", candidate.id)
        await audit(session, staff.who, "contact.edited", at=now, about=about)
        await changed(session, "application", application_id, at=now, job_id=application.job_id)
        waits = application.next_step == NextStep.give_contact
        return waits and candidate.email_sealed is not None


async def _refuse_taken(session: AsyncSession, candidate: Candidate, index: bytes) -> None:
    statement = select(Candidate.id).where(
        Candidate.email_index == index, Candidate.id != candidate.id
    )
    if await session.scalar(statement) is not None:
        raise Conflict("another candidate has this address", code="email_taken")


async def _retoken(session: AsyncSession, candidate: Candidate, org_key: bytes, name: str) -> None:
    await session.execute(delete(NameToken).where(NameToken.candidate_id == candidate.id))
    for word in sorted(name_tokens(name)):
        session.add(
            NameToken(
                id=new_id(),
                org_id=candidate.org_id,
                candidate_id=candidate.id,
                token=blind_index(org_key, "name", word),
                created_at=candidate.created_at,
            )
        )
