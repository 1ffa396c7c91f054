"""Small shapes that many nouns share."""

from uuid import UUID

from interloop.domain.base import Value
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
