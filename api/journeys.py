"""Speaks to the journeys: starts them and steers them by updates."""

from uuid import UUID

import structlog
from sqlalchemy import update
from temporalio.client import Client

from api.shapes.applications import JourneyState
from interloop.db.rows import must_get
from interloop.db.stops import refuse_when_stopped
from interloop.db.tables import Application, BulkUpload, HumanReview, Job
from interloop.domain.bulk import BulkInput
from interloop.domain.erasing import ErasureRef
from interloop.domain.errors import Conflict, Unavailable
from interloop.domain.human_review import HumanReviewInput, ReviewAnswered
from interloop.domain.journey import (
    AskForPerson,
    Book,
    ContactGiven,
    Decide,
    FindAnother,
    GiveUpTime,
    Invite,
    Join,
    JourneyInput,
    ProposeAgain,
    ReportMeeting,
    ScorecardHandedIn,
    Withdraw,
    WithdrawConsent,
    WordsChanged,
)
from interloop.domain.recording import ExportInput
from interloop.domain.steps import InterviewRef, ResendMessage
from interloop.services import Services
from workflows.bulks import start_bulk
from workflows.journey import CandidateJourney
from workflows.reviews import start_review, tell_review
from workflows.start import (
    policy_of,
    start_erasure,
    start_export,
    start_healing,
    start_journey,
    start_resend,
)
from workflows.steer import steer

_log = structlog.get_logger(__name__)


class Journeys:
    """Starts and steers journeys over one client; refusals come back as our errors."""

    def __init__(self, client: Client, services: Services) -> None:
        self.client = client
        self._services = services

    async def start(self, application: Application) -> JourneyState:
        """Start the journey of a committed row; `waiting` when Temporal is away.

        The sweep of the worker starts what waits.
        """
        settings = self._services.settings
        async with self._services.db.read(application.org_id) as session:
            job = await must_get(session, Job, application.job_id)
        given = JourneyInput(
            org_id=application.org_id,
            application_id=application.id,
            job_id=application.job_id,
            policy=policy_of(settings, job.policy),
        )
        try:
            run_id = await start_journey(self.client, given, settings)
        except Unavailable as away:
            _log.warning("journey.waits", application_id=str(application.id), code=away.code)
            return "waiting"
        async with self._services.db.session(application.org_id) as session:
            await session.execute(
                update(Application).where(Application.id == application.id).values(run_id=run_id)
            )
        return "started"

    async def export(self, given: ExportInput) -> None:
        """Have a file made; asking twice makes it once. `Unavailable` while Temporal is away."""
        await start_export(self.client, given, task_queue=self._services.settings.task_queue)

    async def resend(self, given: ResendMessage) -> None:
        """Send a mail again because a person said so; `Unavailable` while Temporal is away."""
        await start_resend(self.client, given, task_queue=self._services.settings.task_queue)

    async def invite(self, application_id: UUID, invite: Invite) -> None:
        """Send a previewed invitation; the same message twice is one invitation.

        Raises `Conflict` while the organisation has stopped all interviews.
        """
        await self._refuse_when_stopped(invite.org_id)
        key = str(invite.message_id)
        await steer(self.client, application_id, CandidateJourney.invite, invite, key=key)

    async def decide(self, application_id: UUID, decide: Decide) -> None:
        """Apply a committed decision; the same decision twice is one."""
        key = str(decide.decision_id)
        await steer(self.client, application_id, CandidateJourney.decide, decide, key=key)

    async def join(self, application_id: UUID, join: Join) -> None:
        """Ask for a place in the interview; harmless while there is one."""
        await steer(self.client, application_id, CandidateJourney.join, join)

    async def ask_for_person(self, application_id: UUID, org_id: UUID) -> None:
        """Ask for an interview with a person."""
        ask = AskForPerson(org_id=org_id)
        await steer(self.client, application_id, CandidateJourney.ask_for_person, ask)

    async def withdraw(self, application_id: UUID, org_id: UUID) -> None:
        """End the journey because the candidate says so; saying so twice is once."""
        leave = Withdraw(org_id=org_id)
        await steer(self.client, application_id, CandidateJourney.withdraw, leave, key="withdraw")

    async def withdraw_consent(self, application_id: UUID, org_id: UUID) -> None:
        """End what is recorded and open an interview with a person."""
        withdrawn = WithdrawConsent(org_id=org_id)
        await steer(self.client, application_id, CandidateJourney.withdraw_consent, withdrawn)

    async def book(self, application_id: UUID, book: Book) -> None:
        """Take a time that is held; the same hold twice is one time."""
        key = f"book-{book.appointment_id}"
        await steer(self.client, application_id, CandidateJourney.book, book, key=key)

    async def give_up_time(self, application_id: UUID, given_up: GiveUpTime) -> None:
        """Give up what is booked, or decline what is proposed."""
        await steer(self.client, application_id, CandidateJourney.give_up_time, given_up)

    async def find_another(self, application_id: UUID, another: FindAnother) -> None:
        """Move a time because its interviewer cannot come."""
        await steer(self.client, application_id, CandidateJourney.find_another, another)

    async def propose_again(self, application_id: UUID, wish: ProposeAgain) -> None:
        """Have a time looked for and proposed now; `Conflict` when there is none."""
        await steer(self.client, application_id, CandidateJourney.propose_again, wish)

    async def report_meeting(self, application_id: UUID, report: ReportMeeting) -> None:
        """Say how a meeting went; the same word twice is one."""
        await steer(self.client, application_id, CandidateJourney.report_meeting, report)

    async def scorecard_handed_in(self, application_id: UUID, card: ScorecardHandedIn) -> None:
        """Tell the journey of a scorecard; it stands in any case, and the journey looks itself."""
        try:
            await steer(self.client, application_id, CandidateJourney.scorecard_handed_in, card)
        except (Conflict, Unavailable) as unheard:
            about = str(application_id)
            _log.warning("scorecard.unheard", application_id=about, code=unheard.code)

    async def words_changed(self, application_id: UUID, words: WordsChanged) -> None:
        """Have marks suggested anew on the candidate's present words.

        The words stand in any case: a journey that is over or away does not undo them.
        """
        try:
            await steer(self.client, application_id, CandidateJourney.words_changed, words)
        except (Conflict, Unavailable) as unheard:
            about = str(application_id)
            _log.warning("words.unheard", application_id=about, code=unheard.code)

    async def contact_given(self, application_id: UUID, *, org_id: UUID, actor_id: UUID) -> None:
        """Tell the journey that the candidate can be written to; one that is over may not care."""
        given = ContactGiven(org_id=org_id, actor_id=actor_id)
        try:
            await steer(self.client, application_id, CandidateJourney.contact_given, given)
        except Conflict as over:
            _log.info("contact.unheard", application_id=str(application_id), code=over.code)

    async def _refuse_when_stopped(self, org_id: UUID) -> None:
        async with self._services.db.read(org_id) as session:
            await refuse_when_stopped(session)

    async def start_review(self, given: HumanReviewInput) -> None:
        """Start a committed review; while Temporal is away the worker's sweep does."""
        try:
            run_id = await start_review(
                self.client, given, task_queue=self._services.settings.task_queue
            )
        except Unavailable as away:
            _log.warning("review.waits", review_id=str(given.review_id), code=away.code)
            return
        async with self._services.db.session(given.org_id) as session:
            await session.execute(
                update(HumanReview).where(HumanReview.id == given.review_id).values(run_id=run_id)
            )

    async def start_bulk(self, given: BulkInput) -> None:
        """Have an upload read; while Temporal is away the worker's sweep sees to it."""
        try:
            await start_bulk(self.client, given, task_queue=self._services.settings.task_queue)
        except Unavailable as away:
            _log.warning("bulk.waits", bulk_id=str(given.bulk_id), code=away.code)
            return
        async with self._services.db.session(given.org_id) as session:
            await session.execute(
                update(BulkUpload).where(BulkUpload.id == given.bulk_id).values(run_id="started")
            )

    async def erase(self, ref: ErasureRef) -> None:
        """Have histories erased; while Temporal is away the worker's sweep sees to it."""
        try:
            await start_erasure(self.client, ref, task_queue=self._services.settings.task_queue)
        except Unavailable as away:
            _log.warning("erasing.waits", erasure_id=str(ref.erasure_id), code=away.code)

    async def review_answered(self, said: ReviewAnswered) -> None:
        """Have a review look at its row; asking twice is asking once."""
        await tell_review(self.client, said)

    async def pieces_came(self, org_id: UUID, interview_id: UUID) -> None:
        """Have the listening copy made anew; while Temporal is away the worker's sweep sees it."""
        ref = InterviewRef(org_id=org_id, interview_id=interview_id)
        try:
            await start_healing(self.client, ref, task_queue=self._services.settings.task_queue)
        except Unavailable as away:
            _log.warning("healing.waits", interview_id=str(interview_id), code=away.code)
