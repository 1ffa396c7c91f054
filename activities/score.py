"""Suggests marks: one criterion a call, several samples, every quote checked by our own rule."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.rows import must_get
from activities.transcript import Heard, hear
from interloop.db.tables import Application, Evidence, Interview, Mark, RubricVersion
from interloop.db.trail import SYSTEM, audit, changed
from interloop.domain.errors import Refusal
from interloop.domain.ids import new_id
from interloop.domain.judging import (
    SAMPLES,
    Found,
    JudgedTurn,
    Judgement,
    Sample,
    Suggestion,
    check,
    combine,
    is_backed,
    task_for,
    unbacked,
)
from interloop.domain.mark import Provenance
from interloop.domain.plan import Criterion
from interloop.domain.steps import Criteria, InterviewRef, JudgeCriterion, Judged
from interloop.domain.turn import Provider
from interloop.integrations.llm.port import ModelIdentity, Prompt
from interloop.prompts import load, sha256
from interloop.services import Services

PROMPT = "judge.v1"
_TEMPERATURE = 0.4


class ScoreSteps:
    """Asks the judge; the numbers it writes are suggestions to a person."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def read_criteria(self, ref: InterviewRef) -> Criteria:
        """Return the criteria of the rubric pinned to this interview; changes nothing."""
        async with self._services.db.read(ref.org_id) as session:
            interview = await must_get(session, Interview, ref.interview_id)
            rubric = await must_get(session, RubricVersion, interview.rubric_version_id)
            return Criteria(ids=tuple(criterion.id for criterion in rubric.body.criteria))

    @activity.defn
    async def judge_criterion(self, task: JudgeCriterion) -> Judged:
        """Suggest a mark for one criterion; idempotent by (interview, criterion, words).

        A mark that is older than words the candidate has confirmed since is suggested anew.

        Raises `Unavailable` while the judge is away or answers off the form, `Refusal` when this
        installation has no model: then nobody gets a number.
        """
        self._check_model()
        # Before the words are read: what is confirmed from here on makes the mark an old one.
        now = self._services.clock.now()
        async with self._services.db.read(task.org_id) as session:
            interview = await must_get(session, Interview, task.interview_id)
            rubric = await must_get(session, RubricVersion, interview.rubric_version_id)
            criterion = rubric.body.criterion(task.criterion_id)
            heard = await hear(self._services, session, interview)
            mark = await _find(session, task, self._provenance)
            if mark is not None and heard.is_older_than(mark.created_at):
                return Judged.marked
        if not heard.turns:
            return Judged.nothing_said
        suggestion, identity = await self._ask(criterion, heard.turns)
        await self._store(task, suggestion, identity, heard, at=now)
        return Judged.abstained if suggestion.abstained else Judged.marked

    def _check_model(self) -> None:
        settings = self._services.settings
        if not settings.sandbox and not settings.gemini_api_key.get_secret_value():
            raise Refusal("no model is set up", code="no_model")

    @property
    def _provenance(self) -> Provenance:
        provider = self._services.provider
        return Provenance.sandbox if provider is Provider.sandbox else Provenance.model

    async def _ask(
        self, criterion: Criterion, turns: tuple[JudgedTurn, ...]
    ) -> tuple[Suggestion, ModelIdentity]:
        samples: list[Sample] = []
        for number in range(SAMPLES):
            sample, identity = await self._sample(criterion, turns, seed=number)
            if not is_backed(sample):
                sample, identity = await self._sample(criterion, turns, seed=number + SAMPLES)
            samples.append(sample if is_backed(sample) else unbacked(sample))
        return combine(tuple(samples)), identity

    async def _sample(
        self, criterion: Criterion, turns: tuple[JudgedTurn, ...], *, seed: int
    ) -> tuple[Sample, ModelIdentity]:
        prompt = Prompt(
            instruction=load(PROMPT),
            data=task_for(criterion, turns, seed).model_dump_json(),
            temperature=_TEMPERATURE,
            seed=seed,
        )
        judgement, identity = await self._services.judge.complete(prompt, Judgement)
        return check(judgement, turns), identity

    async def _store(
        self,
        task: JudgeCriterion,
        suggestion: Suggestion,
        identity: ModelIdentity,
        heard: Heard,
        *,
        at: datetime,
    ) -> None:
        async with self._services.db.session(task.org_id) as session:
            # The lock makes a second run of this activity wait, and then find the mark.
            interview = await must_get(session, Interview, task.interview_id, lock=True)
            mark = await _find(session, task, self._provenance)
            if mark is None:
                mark = _unmarked(task, interview)
                mark.provenance = self._provenance
            elif mark.created_at >= at:
                return
            await session.execute(delete(Evidence).where(Evidence.mark_id == mark.id))
            _write(mark, suggestion, at=at)
            mark.model = identity.model
            session.add(mark)
            await session.flush()
            for found in suggestion.found:
                session.add(_evidence(mark, found, heard))
            await self._note(session, interview, mark, at=at)

    async def _note(
        self, session: AsyncSession, interview: Interview, mark: Mark, *, at: datetime
    ) -> None:
        application = await must_get(session, Application, interview.application_id)
        details = {"criterion": mark.criterion_id, "provenance": mark.provenance.value}
        about = ("mark", mark.id)
        await audit(session, SYSTEM, "mark.suggested", at=at, about=about, details=details)
        await changed(session, "interview", interview.id, at=at, job_id=application.job_id)


async def _find(session: AsyncSession, task: JudgeCriterion, provenance: Provenance) -> Mark | None:
    statement = select(Mark).where(
        Mark.interview_id == task.interview_id,
        Mark.criterion_id == task.criterion_id,
        Mark.provenance == provenance,
    )
    return (await session.execute(statement)).scalar_one_or_none()


def _unmarked(task: JudgeCriterion, interview: Interview) -> Mark:
    return Mark(
        id=new_id(),
        org_id=task.org_id,
        interview_id=interview.id,
        rubric_version_id=interview.rubric_version_id,
        criterion_id=task.criterion_id,
    )


def _write(mark: Mark, suggestion: Suggestion, *, at: datetime) -> None:
    """Put a suggestion on its row; an earlier one on fewer words is replaced whole."""
    mark.level, mark.abstained = suggestion.level, suggestion.abstained
    mark.reason_code = suggestion.reason or None
    mark.spread_low, mark.spread_high = suggestion.low, suggestion.high
    mark.samples = suggestion.samples
    mark.quotes_offered = suggestion.offered
    mark.quotes_verified = len(suggestion.found)
    mark.prompt_sha256 = sha256(PROMPT)
    mark.created_at = at


def _evidence(mark: Mark, found: Found, heard: Heard) -> Evidence:
    place = heard.place_of(found)
    return Evidence(
        id=new_id(),
        org_id=mark.org_id,
        mark_id=mark.id,
        turn_id=place.turn_id,
        turn_version=place.version,
        start_char=found.span.start,
        end_char=found.span.end,
        start_ms=place.start_ms,
        end_ms=place.end_ms,
        created_at=mark.created_at,
    )
