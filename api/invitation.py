"""What a candidate is told about their own application: one picture, built from many rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import CandidateCaller
from api.people import candidate_ref
from api.shapes.candidate import CandidateInvitationOut, NoticeOut, PersonToAsk
from interloop.db.rows import must_get
from interloop.db.tables import (
    Application,
    Candidate,
    Interview,
    InterviewKind,
    InterviewState,
    Job,
    JobMember,
    NoticeVersion,
    Organization,
    PersonaVersion,
    PlanVersion,
    PurposeConsent,
    User,
)
from interloop.domain.errors import Gone, NotFound
from interloop.domain.rules import Rules, rules_for
from interloop.domain.stage import Outcome
from interloop.services import Services

STARTABLE = frozenset({InterviewState.ready, InterviewState.live, InterviewState.paused})


@dataclass(frozen=True)
class Own:
    """The rows behind a candidate's own page."""

    application: Application
    interview: Interview
    job: Job
    candidate: Candidate
    plan: PlanVersion
    consents: dict[str, bool]
    rules: Rules

    @property
    def agreed(self) -> bool:
        """Tell whether the candidate agreed to be recorded."""
        return self.consents.get("recording", False)

    @property
    def opens_at(self) -> datetime | None:
        """Return the instant before which the law of a place forbids to start, if any."""
        days = self.rules.notice_days
        return self.interview.created_at + timedelta(days=days) if days else None

    def may_start(self, now: datetime) -> bool:
        """Tell whether the interview may be joined now."""
        opened = self.opens_at is None or self.opens_at <= now
        until = self.interview.open_until
        in_time = until is None or until > now
        by_machine = self.interview.kind is InterviewKind.ai
        return (
            self.agreed and opened and in_time and by_machine and self.interview.state in STARTABLE
        )


async def own_rows(session: AsyncSession, caller: CandidateCaller, *, now: datetime) -> Own:
    """Return the candidate's newest round and what it stands on; `Gone` when there is none."""
    application = await must_get(session, Application, caller.application_id)
    statement = (
        select(Interview)
        .where(Interview.application_id == application.id)
        .order_by(Interview.round_no.desc(), Interview.attempt.desc())
        .limit(1)
    )
    interview = (await session.execute(statement)).scalar_one_or_none()
    if interview is None:
        raise Gone("this invitation is no longer open", code="interview_not_open")
    job = await must_get(session, Job, application.job_id)
    candidate = await must_get(session, Candidate, application.candidate_id)
    return Own(
        application=application,
        interview=interview,
        job=job,
        candidate=candidate,
        plan=await must_get(session, PlanVersion, interview.plan_version_id),
        consents=await own_consents(session, application.id),
        rules=rules_for(job.place, candidate.place, now),
    )


async def newest_notice(session: AsyncSession) -> NoticeVersion:
    """Return the notice that candidates of this organisation are shown now."""
    statement = select(NoticeVersion).order_by(NoticeVersion.version.desc()).limit(1)
    notice = (await session.execute(statement)).scalar_one_or_none()
    if notice is None:
        raise NotFound("this organisation has no notice", code="no_notice")
    return notice


async def picture(
    services: Services, session: AsyncSession, caller: CandidateCaller
) -> CandidateInvitationOut:
    """Return what will happen, who sees it and until when."""
    now = services.clock.now()
    own = await own_rows(session, caller, now=now)
    notice = await newest_notice(session)
    organization = await session.get_one(Organization, caller.org_id)
    persona = await must_get(session, PersonaVersion, own.interview.persona_version_id)
    inviter = await must_get(session, User, own.job.created_by)
    by_person = own.application.outcome is Outcome.human_interview
    return CandidateInvitationOut(
        organization=organization.name,
        job_title=own.job.title,
        candidate_name=(await candidate_ref(services, own.candidate)).name,
        interviewer=persona.body.name,
        minutes=own.plan.body.minutes,
        questions=len(own.plan.body.questions),
        open_until=own.interview.open_until,
        recorded=("voice", "typed_answers", "video"),
        seen_by=await _team(session, own.job.id),
        notice=NoticeOut(sha256=notice.sha256, language=notice.language, text=notice.text),
        rules=own.rules,
        consented=own.agreed,
        video_allowed=own.consents.get("video", False),
        human_interview=by_person,
        person_by=own.application.due_at if by_person else None,
        contact=PersonToAsk(name=inviter.name, email=inviter.email),
        stage=own.application.stage,
        state=own.interview.state,
        may_start=own.may_start(now) and organization.stopped_at is None,
        stopped=organization.stopped_at is not None,
        opens_at=own.opens_at,
    )


async def own_consents(session: AsyncSession, application_id: UUID) -> dict[str, bool]:
    """Return the newest yes or no to each purpose."""
    statement = (
        select(PurposeConsent.purpose, PurposeConsent.given)
        .where(PurposeConsent.application_id == application_id)
        .order_by(PurposeConsent.created_at, PurposeConsent.id)
    )
    rows = await session.execute(statement)
    return {row.purpose: row.given for row in rows}


async def _team(session: AsyncSession, job_id: UUID) -> tuple[str, ...]:
    statement = (
        select(User.name)
        .join(JobMember, JobMember.user_id == User.id)
        .where(JobMember.job_id == job_id)
        .order_by(User.name)
    )
    return tuple((await session.execute(statement)).scalars())
