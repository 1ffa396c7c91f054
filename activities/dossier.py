"""Freezes what a rejection rested on: versions, evidence, marks, mails and reasons.

The way leads from a committed decision to its marks, and never back: nothing here decides.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from activities.opened import Opener, opener
from activities.rows import must_get
from interloop.db.tables import (
    Application,
    Candidate,
    Decision,
    Evidence,
    Interview,
    Job,
    Mark,
    Message,
    MessageState,
    NoticeReceipt,
    NoticeVersion,
    PersonaVersion,
    PlanVersion,
    PurposeConsent,
    RubricVersion,
    SecondOpinion,
    Turn,
    User,
)
from interloop.db.tables import Dossier as DossierRow
from interloop.db.trail import SYSTEM, audit
from interloop.domain.dossier import (
    Consent,
    Dossier,
    DossierInterview,
    DossierMark,
    Hand,
    MailWords,
    Quote,
    Said,
    Second,
    ShownMail,
    ShownNotice,
    Words,
    dossier_hash,
    mail_hash,
)
from interloop.domain.ids import new_id
from interloop.security.sealing import KeyClass, place_of
from interloop.services import Services


async def freeze(
    services: Services, session: AsyncSession, decision: Decision, *, at: datetime
) -> None:
    """Write the dossier of a decision into its own transaction; idempotent by the decision."""
    there = select(DossierRow.id).where(DossierRow.decision_id == decision.id)
    if await session.scalar(there) is not None:
        return
    application = await must_get(session, Application, decision.application_id)
    opens = await opener(services, application.org_id, application.candidate_id)
    mails, mail_words = await _mails(session, application.id, opens)
    candidate = await must_get(session, Candidate, application.candidate_id)
    body = await _body(session, application, decision, opens, mails=mails, at=at)
    words = Words(
        candidate_name=opens.text(KeyClass.identity, candidate, "name_sealed"), mails=mail_words
    )
    await _store(session, application, body, words, opens)


async def _store(
    session: AsyncSession, application: Application, body: Dossier, words: Words, opens: Opener
) -> None:
    row = DossierRow(
        id=new_id(),
        application_id=application.id,
        decision_id=body.decision_id,
        created_at=body.frozen_at,
    )
    plain = body.model_dump_json()
    box = opens.boxes[KeyClass.decision]
    row.body_sealed = box.seal_text(plain, place=place_of("dossier", "body_sealed", row.id))
    identity, named = opens.boxes.get(KeyClass.identity), None
    if identity is not None:
        named = words.model_dump_json()
        row.words_sealed = identity.seal_text(
            named, place=place_of("dossier", "words_sealed", row.id)
        )
    row.sha256 = dossier_hash(plain, named)
    session.add(row)
    about, details = ("dossier", row.id), {"sha256": row.sha256, "decision": str(body.decision_id)}
    await audit(session, SYSTEM, "dossier.frozen", at=body.frozen_at, about=about, details=details)


async def _body(  # noqa: PLR0913 - everything a dossier is made of
    session: AsyncSession,
    application: Application,
    decision: Decision,
    opens: Opener,
    *,
    mails: tuple[ShownMail, ...],
    at: datetime,
) -> Dossier:
    job = await must_get(session, Job, application.job_id)
    return Dossier(
        frozen_at=at,
        application_id=application.id,
        candidate_id=application.candidate_id,
        job_id=job.id,
        job_title=job.title,
        decision_id=decision.id,
        decision=Said(
            what=decision.kind.value,
            by=await _hand(session, decision.decided_by),
            at=decision.created_at,
            reason=opens.text(KeyClass.decision, decision, "reason_sealed") or "",
        ),
        second=await _second(session, decision, opens),
        notices=await _notices(session, application.id),
        consents=await _consents(session, application.id),
        mails=mails,
        interviews=await _interviews(session, application.id, opens),
    )


async def _hand(session: AsyncSession, user_id: UUID) -> Hand:
    user = await must_get(session, User, user_id)
    return Hand(id=user.id, name=user.name)


async def _second(session: AsyncSession, decision: Decision, opens: Opener) -> Second | None:
    row = await session.scalar(
        select(SecondOpinion).where(SecondOpinion.decision_id == decision.id)
    )
    if row is None:
        return None
    said = Said(
        what=row.verdict.value,
        by=await _hand(session, row.given_by),
        at=row.created_at,
        reason=opens.text(KeyClass.decision, row, "reason_sealed") or "",
    )
    return Second(verdict=row.verdict, said=said)


async def _notices(session: AsyncSession, application_id: UUID) -> tuple[ShownNotice, ...]:
    statement = (
        select(NoticeReceipt, NoticeVersion)
        .join(NoticeVersion, NoticeVersion.id == NoticeReceipt.notice_version_id)
        .where(NoticeReceipt.application_id == application_id)
        .order_by(NoticeReceipt.created_at)
    )
    return tuple(
        ShownNotice(
            version=notice.version,
            language=receipt.language,
            sha256=receipt.sha256,
            text=notice.text,
            shown_at=receipt.created_at,
        )
        for receipt, notice in await session.execute(statement)
    )


async def _consents(session: AsyncSession, application_id: UUID) -> tuple[Consent, ...]:
    statement = (
        select(PurposeConsent)
        .where(PurposeConsent.application_id == application_id)
        .order_by(PurposeConsent.created_at, PurposeConsent.id)
    )
    rows = (await session.execute(statement)).scalars()
    return tuple(Consent(purpose=r.purpose, given=r.given, at=r.created_at) for r in rows)


async def _mails(
    session: AsyncSession, application_id: UUID, opens: Opener
) -> tuple[tuple[ShownMail, ...], tuple[MailWords, ...]]:
    statement = (
        select(Message)
        .where(Message.application_id == application_id, Message.state != MessageState.draft)
        .order_by(Message.created_at, Message.id)
    )
    mails, words = [], []
    for row in (await session.execute(statement)).scalars():
        subject = opens.text(KeyClass.identity, row, "subject_sealed") or ""
        text = opens.text(KeyClass.identity, row, "text_sealed") or ""
        words.append(MailWords(id=row.id, subject=subject, text=text))
        mails.append(
            ShownMail(
                id=row.id,
                kind=row.kind.value,
                state=row.state.value,
                template_version_id=row.template_version_id,
                created_at=row.created_at,
                sent_at=row.sent_at,
                sha256=mail_hash(subject, text),
            )
        )
    return tuple(mails), tuple(words)


async def _interviews(
    session: AsyncSession, application_id: UUID, opens: Opener
) -> tuple[DossierInterview, ...]:
    statement = (
        select(Interview)
        .where(Interview.application_id == application_id)
        .order_by(Interview.round_no, Interview.attempt)
    )
    rows = (await session.execute(statement)).scalars().all()
    return tuple([await _interview(session, row, opens) for row in rows])


async def _interview(session: AsyncSession, row: Interview, opens: Opener) -> DossierInterview:
    plan = await must_get(session, PlanVersion, row.plan_version_id)
    rubric = await must_get(session, RubricVersion, row.rubric_version_id)
    persona = await must_get(session, PersonaVersion, row.persona_version_id)
    statement = (
        select(Mark).where(Mark.interview_id == row.id).order_by(Mark.criterion_id, Mark.created_at)
    )
    marks = (await session.execute(statement)).scalars().all()
    return DossierInterview(
        id=row.id,
        round_no=row.round_no,
        attempt=row.attempt,
        kind=row.kind.value,
        state=row.state.value,
        provider=row.provider.value if row.provider else None,
        joined_at=row.joined_at,
        finished_at=row.finished_at,
        plan_version=plan.version,
        plan=plan.body.model_copy(update={"rubric": rubric.body}),
        rubric_version_id=rubric.id,
        rubric_version=rubric.version,
        persona_version=persona.version,
        persona=persona.body,
        marks=tuple([await _mark(session, mark, opens) for mark in marks]),
    )


async def _mark(session: AsyncSession, row: Mark, opens: Opener) -> DossierMark:
    statement = (
        select(Evidence, Turn)
        .join(Turn, Turn.id == Evidence.turn_id)
        .where(Evidence.mark_id == row.id)
        .order_by(Evidence.start_ms, Evidence.start_char)
    )
    found: Sequence[tuple[Evidence, Turn]] = [
        (evidence, turn) for evidence, turn in await session.execute(statement)
    ]
    return DossierMark(
        criterion_id=row.criterion_id,
        provenance=row.provenance,
        by=await _hand(session, row.user_id) if row.user_id else None,
        level=row.level,
        abstained=row.abstained,
        reason_code=row.reason_code,
        spread_low=row.spread_low,
        spread_high=row.spread_high,
        samples=row.samples,
        quotes_offered=row.quotes_offered,
        quotes_verified=row.quotes_verified,
        model=row.model,
        prompt_sha256=row.prompt_sha256,
        note=opens.text(KeyClass.decision, row, "note_sealed"),
        given_at=row.created_at,
        quotes=tuple(_quote(evidence, turn, opens) for evidence, turn in found),
    )


def _quote(evidence: Evidence, turn: Turn, opens: Opener) -> Quote:
    text = opens.text(KeyClass.transcript, turn, "text_sealed")
    return Quote(
        turn_id=turn.id,
        turn_version=evidence.turn_version,
        question_id=turn.question_id,
        start_char=evidence.start_char,
        end_char=evidence.end_char,
        start_ms=evidence.start_ms,
        end_ms=evidence.end_ms,
        text=None if text is None else text[evidence.start_char : evidence.end_char],
    )
