"""Small shapes that many nouns share."""

from datetime import datetime
from uuid import UUID

from interloop.db.tables import DecisionKind
from interloop.domain.base import Value
from interloop.domain.deciding import DecisionState, Verdict
from interloop.domain.roles import Role


class UserRef(Value):
    """A member of staff."""

    id: UUID
    name: str
    role: Role


class JobRef(Value):
    """A job by its title."""

    id: UUID
    title: str


class CandidateRef(Value):
    """A candidate; the name is null while it is unknown, and after erasure."""

    id: UUID
    name: str | None


class FieldProblem(Value):
    """One field that did not validate: a JSON path and a plain sentence."""

    field: str
    message: str


class Decided(Value):
    """Who decided what, and when; for whoever was a moment later."""

    kind: DecisionKind
    state: DecisionState
    by: UserRef
    at: datetime
    second: UserRef | None = None
    verdict: Verdict | None = None


class Problem(Value):
    """An error as RFC 9457 describes it; `code` is stable, the words are not."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str = ""
    request_id: str = ""
    id: UUID | None = None
    """What the refusal is about, such as the application that exists already."""
    fields: tuple[FieldProblem, ...] = ()
    decided: Decided | None = None
    """With `decided_already`: the decision that was faster."""
