"""Applies what a named person decided, and never anything that is not a committed row."""

from collections.abc import Mapping

from temporalio import activity

from activities.dossier import freeze
from activities.rows import must_get
from interloop.db.tables import Application, Decision, DecisionKind
from interloop.db.trail import Who, audit, changed
from interloop.domain.deciding import DecisionState
from interloop.domain.errors import Conflict, Forbidden, NotFound
from interloop.domain.steps import CommittedDecision, ReadDecision
from interloop.services import Services


class DecisionSteps:
    """Looks decisions up and marks them as applied."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def read_decision(self, wanted: ReadDecision) -> CommittedDecision:
        """Return the committed row; changes nothing.

        Raises `NotFound` when there is none, `Forbidden` when somebody else's hand or another
        application stands on it, `Conflict` when it was settled before, or waits for a second
        person.
        """
        async with self._services.db.read(wanted.org_id) as session:
            row = await must_get(session, Decision, wanted.decision_id)
            if row.application_id != wanted.application_id:
                raise NotFound("decision of another application", code="no_decision")
            if row.decided_by != wanted.actor_id:
                raise Forbidden("decision of another person", code="not_your_decision")
            if row.state is DecisionState.proposed:
                raise Conflict("nobody has confirmed it yet", code="decision_unconfirmed")
            if row.state is not DecisionState.confirmed:
                raise Conflict("decision was settled before", code="decision_settled")
            return CommittedDecision(
                decision_id=row.id,
                kind=row.kind.value,
                actor_id=row.decided_by,
                message_id=row.message_id,
            )

    @activity.defn
    async def mark_applied(self, wanted: ReadDecision) -> None:
        """Say on the row that the journey followed it; idempotent by `applied_at`.

        A rejection freezes its dossier in the same transaction.
        """
        now = self._services.clock.now()
        async with self._services.db.session(wanted.org_id) as session:
            row = await must_get(session, Decision, wanted.decision_id, lock=True)
            if row.applied_at is not None:
                return
            application = await must_get(session, Application, row.application_id)
            row.applied_at, row.state = now, DecisionState.applied
            who = Who(kind="user", id=row.decided_by)
            action, about = _ACTION[row.kind], ("decision", row.id)
            await audit(session, who, action, at=now, about=about)
            await changed(session, "decision", row.id, at=now, job_id=application.job_id)
            if row.kind is DecisionKind.reject:
                await freeze(self._services, session, row, at=now)


_ACTION: Mapping[DecisionKind, str] = {
    DecisionKind.advance: "decision.advanced",
    DecisionKind.reject: "decision.rejected",
    DecisionKind.hire: "decision.hired",
}
