"""The dossier of a rejection: what it rested on, frozen at the moment it was applied.

Two parts. `Dossier` is sealed with the decision key and opens after the person was erased; it
names staff, versions and the quotes that backed marks, never the candidate. `Words` holds what
names them, sealed with their identity key: it goes with them.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from interloop.domain.base import Value
from interloop.domain.deciding import Verdict
from interloop.domain.mark import Provenance
from interloop.domain.plan import Persona, Plan


class Hand(Value):
    """A member of staff as they were called then."""

    id: UUID
    name: str


class Said(Value):
    """A decision or an opinion, with its reason."""

    what: str
    by: Hand
    at: datetime
    reason: str


class Second(Value):
    """What the second person said."""

    verdict: Verdict
    said: Said


class ShownNotice(Value):
    """A notice that the candidate was shown, word for word."""

    version: int
    language: str
    sha256: str
    text: str
    shown_at: datetime


class Consent(Value):
    """A yes or no to one purpose."""

    purpose: str
    given: bool
    at: datetime


class ShownMail(Value):
    """A mail of the outbox; its words stand in `Words`, their hash stays here."""

    id: UUID
    kind: str
    state: str
    template_version_id: UUID | None
    created_at: datetime
    sent_at: datetime | None
    sha256: str


class Quote(Value):
    """Words behind a mark: which turn, in which version, where in it, and when it was said."""

    turn_id: UUID
    turn_version: int
    question_id: str | None
    start_char: int
    end_char: int
    start_ms: int
    end_ms: int
    text: str | None
    """None when the words could not be opened any more."""


class DossierMark(Value):
    """One mark as it stood, with where it came from."""

    criterion_id: str
    provenance: Provenance
    by: Hand | None
    level: int | None
    abstained: bool
    reason_code: str | None
    spread_low: int | None
    spread_high: int | None
    samples: int
    quotes_offered: int
    quotes_verified: int
    model: str | None
    prompt_sha256: str | None
    note: str | None
    given_at: datetime
    quotes: tuple[Quote, ...]


class DossierInterview(Value):
    """One round with the versions it was held by, and the marks it got."""

    id: UUID
    round_no: int
    attempt: int
    kind: str
    state: str
    provider: str | None
    joined_at: datetime | None
    finished_at: datetime | None
    plan_version: int
    plan: Plan
    rubric_version_id: UUID
    rubric_version: int
    persona_version: int
    persona: Persona
    marks: tuple[DossierMark, ...]


class Dossier(Value):
    """What the rejection rested on; names no candidate."""

    form: int = 1
    frozen_at: datetime
    application_id: UUID
    candidate_id: UUID
    job_id: UUID
    job_title: str
    decision_id: UUID
    decision: Said
    second: Second | None
    notices: tuple[ShownNotice, ...]
    consents: tuple[Consent, ...]
    mails: tuple[ShownMail, ...]
    interviews: tuple[DossierInterview, ...]


class MailWords(Value):
    """Subject and text of one mail, as the candidate got it."""

    id: UUID
    subject: str
    text: str


class Words(Value):
    """What names the candidate; unreadable once they are erased."""

    candidate_name: str | None
    mails: tuple[MailWords, ...]


def dossier_hash(body: str, words: str | None) -> str:
    """Return the SHA-256 of both parts as they are sealed; it stands in the audit chain."""
    parts = (body.encode(), (words or "").encode())
    return hashlib.sha256(b"\n".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def mail_hash(subject: str, text: str) -> str:
    """Return the SHA-256 of a mail's words."""
    return hashlib.sha256(f"{subject}\n\n{text}".encode()).hexdigest()
