"""Writes news for other systems into their outbox, in the transaction of what it tells.

News is derived from the audit entry of a change, so that nothing can be changed without being
told, or be told without having been changed.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import (
    Application,
    AuditEntry,
    Decision,
    Interview,
    InterviewState,
    Mark,
    RubricVersion,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from interloop.domain.ids import new_id
from interloop.domain.mark import Provenance
from interloop.domain.stage import Stage
from interloop.domain.webhooks import DeliveryState, EndpointState, HookEvent

News = list[tuple[HookEvent, dict[str, str]]]


async def tell(session: AsyncSession, entry: AuditEntry) -> None:
    """Write what this entry means to other systems, where one of them wants to know."""
    news_of = _NEWS.get(entry.action)
    if news_of is None or entry.noun_id is None:
        return
    endpoints = await _listening(session)
    if not endpoints:
        return
    for kind, data in await news_of(session, entry, entry.noun_id):
        wanted = [each for each in endpoints if kind.value in each.events]
        if wanted:
            await write_event(session, kind, data, wanted, at=entry.created_at)


async def write_event(
    session: AsyncSession,
    kind: HookEvent,
    data: dict[str, str],
    endpoints: list[WebhookEndpoint],
    *,
    at: datetime,
) -> list[WebhookDelivery]:
    """Add one piece of news and a delivery for each address; return the deliveries."""
    org_id: UUID = session.info["org_id"]
    event = WebhookEvent(id=new_id(), org_id=org_id, created_at=at, type=kind, data=data)
    session.add(event)
    await session.flush()
    deliveries = [
        WebhookDelivery(
            id=new_id(),
            org_id=org_id,
            created_at=at,
            event_id=event.id,
            endpoint_id=endpoint.id,
            state=DeliveryState.pending,
            round=0,
            attempts=0,
            next_at=at,
        )
        for endpoint in endpoints
    ]
    session.add_all(deliveries)
    return deliveries


async def _listening(session: AsyncSession) -> list[WebhookEndpoint]:
    statement = select(WebhookEndpoint).where(WebhookEndpoint.state == EndpointState.enabled)
    # Mostly nobody listens; then what was changed is written once, at the end.
    with session.no_autoflush:
        return list((await session.execute(statement)).scalars())


async def _about(session: AsyncSession, application_id: UUID) -> dict[str, str]:
    job_id = await session.scalar(
        select(Application.job_id).where(Application.id == application_id)
    )
    return {"application_id": str(application_id), "job_id": str(job_id)}


async def _added(session: AsyncSession, entry: AuditEntry, noun_id: UUID) -> News:  # noqa: ARG001 one shape
    return [(HookEvent.application_created, await _about(session, noun_id))]


async def _moved(session: AsyncSession, entry: AuditEntry, noun_id: UUID) -> News:
    about = await _about(session, noun_id)
    moved = {key: entry.details[key] for key in ("from", "to")}
    news = [(HookEvent.application_stage_changed, about | moved)]
    if moved == {"from": Stage.scoring.value, "to": Stage.in_review.value}:
        judged = await _judged(session, noun_id)
        if judged is not None:
            news.append((HookEvent.scorecard_ready, about | {"interview_id": str(judged)}))
    return news


async def _suggested(session: AsyncSession, entry: AuditEntry, noun_id: UUID) -> News:  # noqa: ARG001 one shape
    """Tell of marks that came or changed after the scorecard was put before people.

    Criteria are judged in the order of the rubric, so the last one says that all are there.
    """
    mark = await session.get_one(Mark, noun_id)
    interview = await session.get_one(Interview, mark.interview_id)
    rubric = await session.get_one(RubricVersion, interview.rubric_version_id)
    application = await session.get_one(Application, interview.application_id)
    last = rubric.body.criteria[-1].id
    if application.stage is not Stage.in_review or mark.criterion_id != last:
        return []
    about = await _about(session, application.id)
    return [(HookEvent.scorecard_ready, about | {"interview_id": str(interview.id)})]


async def _judged(session: AsyncSession, application_id: UUID) -> UUID | None:
    """Return the interview that ended last, if any mark of it was suggested."""
    interview_id = await session.scalar(
        select(Interview.id)
        .where(
            Interview.application_id == application_id,
            Interview.state == InterviewState.finished,
        )
        .order_by(Interview.round_no.desc(), Interview.attempt.desc())
        .limit(1)
    )
    suggested = await session.scalar(
        select(Mark.id)
        .where(Mark.interview_id == interview_id, Mark.provenance != Provenance.human)
        .limit(1)
    )
    return interview_id if suggested is not None else None


async def _finished(session: AsyncSession, entry: AuditEntry, noun_id: UUID) -> News:  # noqa: ARG001 one shape
    interview = await session.get_one(Interview, noun_id)
    about = await _about(session, interview.application_id)
    return [(HookEvent.interview_finished, about | {"interview_id": str(noun_id)})]


async def _decided(session: AsyncSession, entry: AuditEntry, noun_id: UUID) -> News:  # noqa: ARG001 one shape
    decision = await session.get_one(Decision, noun_id)
    about = await _about(session, decision.application_id)
    said = {"decision_id": str(noun_id), "decision": decision.kind.value}
    return [(HookEvent.application_decided, about | said)]


_NEWS: Mapping[str, Callable[[AsyncSession, AuditEntry, UUID], Awaitable[News]]] = {
    "application.added": _added,
    "application.moved": _moved,
    "interview.finished": _finished,
    "mark.suggested": _suggested,
    "decision.advanced": _decided,
    "decision.rejected": _decided,
    "decision.hired": _decided,
}
