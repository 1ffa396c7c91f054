"""The rows an interview stands on: people, job, versions, application."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from interloop.db import tables
from interloop.domain.ids import new_id
from interloop.domain.plan import Anchor, Criterion, Dimension, Persona, Plan, Question, Rubric
from interloop.domain.requirements import Requirements
from interloop.domain.roles import Role
from interloop.domain.rules import Place

GREETING = "Hello, I am Noa, an AI interviewer."
FIRST = "Tell me about a system you built."
SECOND = "How do you find a slow query?"
PROBE = "What was hard about it?"
CLOSING = "Thank you, that was all."
PERSONA = Persona(greeting=GREETING, closing=CLOSING, patience_ms=800)
RUBRIC = Rubric(
    criteria=(
        Criterion(
            id="depth",
            dimension=Dimension.technical,
            name="Depth",
            weight=100,
            anchors=tuple(Anchor(level=n, behaviour=f"Level {n}") for n in range(1, 6)),
        ),
    )
)
PLAN = Plan(
    title="Backend engineer",
    questions=(
        Question(id="built", text=FIRST, minutes=5, criteria=("depth",), probes=(PROBE,)),
        Question(id="query", text=SECOND, minutes=5, criteria=("depth",), follow_ups=0),
    ),
    rubric=RUBRIC,
)


@dataclass(frozen=True)
class Round:
    """One interview that waits for its gateway."""

    org_id: UUID
    interview_id: UUID
    candidate_id: UUID


def rows(held: Round, persona: Persona, now: datetime) -> list[list[tables.Base]]:
    """Return every row of the interview, parents before children."""
    common: dict[str, Any] = {"org_id": held.org_id, "created_at": now}
    place = Place(country="DE")
    user, job, application = new_id(), new_id(), new_id()
    versions = {name: new_id() for name in ("plan", "rubric", "persona")}
    account = {"email": f"{user}@test.example", "name": "Reviewer", "password_hash": "none"}
    return [
        [tables.User(id=user, role=Role.recruiter, **account, **common)],
        [
            tables.Job(
                id=job,
                title="Backend",
                description="Build",
                requirements=Requirements(),
                place=place,
                created_by=user,
                **common,
            ),
            tables.Candidate(id=held.candidate_id, place=place, **common),
        ],
        [
            tables.RubricVersion(
                id=versions["rubric"], job_id=job, version=1, body=RUBRIC, **common
            ),
            tables.PersonaVersion(
                id=versions["persona"], job_id=job, version=1, body=persona, **common
            ),
        ],
        [
            tables.PlanVersion(
                id=versions["plan"],
                job_id=job,
                version=1,
                state=tables.VersionState.published,
                body=PLAN,
                rubric_version_id=versions["rubric"],
                persona_version_id=versions["persona"],
                **common,
            ),
            tables.Application(
                id=application,
                job_id=job,
                candidate_id=held.candidate_id,
                stage_since=now,
                **common,
            ),
        ],
        [
            tables.Interview(
                id=held.interview_id,
                application_id=application,
                kind=tables.InterviewKind.ai,
                state=tables.InterviewState.ready,
                **{f"{name}_version_id": key for name, key in versions.items()},
                **common,
            )
        ],
    ]
