"""What people may tell a journey, and when: the updates, each with its validator.

Handlers only note what was said; the story in `journey.py` acts on it, one thing at a time.
A refusal carries the name of an error of `domain/errors.py` as type and its code as message.
"""

from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.workflow import ChildWorkflowHandle

with workflow.unsafe.imports_passed_through():
    from interloop.domain.journey import (
        AskForPerson,
        ContactGiven,
        Decide,
        Invite,
        Join,
        JourneyInput,
        RoundEnd,
        RoundInput,
        Withdraw,
        WithdrawConsent,
        WordsChanged,
    )
    from interloop.domain.stage import Actor, Outcome, Stage
    from interloop.domain.steps import CommittedDecision
    from workflows.interview import InterviewRound
    from workflows.time_steps import TimeSteps
    from workflows.times import Times

_INVITABLE = frozenset({Stage.screening, Stage.invited, Stage.in_review, Stage.decided})
_MAY_ASK = frozenset(
    {Stage.invited, Stage.scheduled, Stage.interviewing, Stage.scoring, Stage.in_review}
)


class Steering:
    """What a journey has heard so far, and what it is open to."""

    def __init__(self, given: JourneyInput) -> None:
        self._given = given
        self._steps = TimeSteps(given)
        self._stage = Stage.screening
        self._outcome: Outcome | None = None
        self._reachable = False
        self._contact_news = False
        self._invitation: Invite | None = None
        self._last_message: UUID | None = None
        self._open: UUID | None = None
        """The interview its candidate may join."""
        self._reworded: UUID | None = None
        """The interview whose words the candidate has changed since marks were suggested."""
        self._times: Times | None = None
        """The time of the round that is open; None where there is none to choose."""
        self._inviting = False
        self._joined = False
        self._round: ChildWorkflowHandle[InterviewRound, RoundEnd] | None = None
        self._asked = False
        self._broken_off = False
        """Whether the organisation interrupted the interview."""
        self._withdrawn = False
        self._decision_id: UUID | None = None
        self._decision: CommittedDecision | None = None

    @property
    def _closed(self) -> bool:
        return self._stage is Stage.closed

    @property
    def _told(self) -> bool:
        """Tell whether somebody said what the story must act on."""
        heard = (self._invitation, self._decision)
        return self._asked or self._withdrawn or any(word is not None for word in heard)

    def _is_told(self) -> bool:
        return self._told

    @workflow.update
    async def invite(self, invite: Invite) -> None:
        """Send this mail and open this interview; the same message twice is one invitation."""
        if invite.message_id != self._last_message:
            self._last_message = invite.message_id
            self._invitation = invite

    @invite.validator
    def _may_invite(self, invite: Invite) -> None:
        if invite.message_id == self._last_message:
            return
        self._refuse_when_over()
        if not self._reachable:
            raise conflict("no_email")
        if self._invitation is not None or self._stage not in _INVITABLE:
            raise conflict("cannot_invite_now")

    @workflow.update
    async def join(self, join: Join) -> None:
        """Give the candidate a place in the interview; harmless while they have one."""
        if self._times is not None:
            self._times.tried_at = workflow.now()
        if self._round is None or self._round.done():
            self._joined = True
            return
        try:
            await self._round.signal(InterviewRound.join)
        except ApplicationError:
            # The round broke a moment ago; the next one begins with this join.
            self._joined = True

    @join.validator
    def _may_join(self, join: Join) -> None:
        self._refuse_when_over()
        if join.interview_id != self._open:
            raise _refusal("Gone", "interview_not_open")
        if self._times is not None and not self._times.room_is_open(workflow.now()):
            raise conflict("not_open_yet")

    @workflow.update
    async def ask_for_person(self, ask: AskForPerson) -> None:
        """Open an interview with a person; asking twice is asking once."""
        self._want_person()

    @ask_for_person.validator
    def _may_ask(self, ask: AskForPerson) -> None:
        self._refuse_when_over()
        # The mail with the way to ask leaves before the stage says that it did.
        if self._stage not in _MAY_ASK and not self._inviting:
            raise conflict("cannot_ask_now")

    @workflow.update
    async def withdraw_consent(self, withdraw: WithdrawConsent) -> None:
        """End what is recorded and open an interview with a person; nothing is held against them.

        Before an invitation and after a decision there is nothing to end.
        """
        if self._stage in _MAY_ASK or self._inviting:
            self._want_person()

    @withdraw_consent.validator
    def _may_withdraw_consent(self, withdraw: WithdrawConsent) -> None:
        self._refuse_when_over()

    @workflow.update
    async def decide(self, decide: Decide) -> None:
        """Follow a committed decision; returns once it is looked up, before it is acted on."""
        if decide.decision_id == self._decision_id:
            return
        self._decision_id = decide.decision_id
        try:
            decision = await self._steps.read_decision(decide)
        except ActivityError as refused:
            self._decision_id = None
            raise passed_on(refused) from refused
        if self._withdrawn:
            raise conflict("withdrawn")
        self._decision = decision

    @decide.validator
    def _may_decide(self, decide: Decide) -> None:
        if decide.decision_id == self._decision_id:
            return
        self._refuse_when_over()
        if self._decision_id is not None:
            raise conflict("decided_already")

    @workflow.update
    async def withdraw(self, withdraw: Withdraw) -> None:
        """End the journey because the candidate says so."""
        self._withdrawn = True

    @withdraw.validator
    def _may_withdraw(self, withdraw: Withdraw) -> None:
        self._refuse_when_over()

    @workflow.update
    async def words_changed(self, changed: WordsChanged) -> None:
        """Take note that marks were suggested on other words than the candidate's present ones."""
        self._reworded = changed.interview_id

    @words_changed.validator
    def _may_change_words(self, changed: WordsChanged) -> None:
        self._refuse_when_over()
        if self._stage is Stage.decided:
            raise conflict("decided_already")

    @workflow.update
    async def contact_given(self, given: ContactGiven) -> None:
        """Take note that the candidate can be written to."""
        self._reachable = self._contact_news = True
        await self._steps.settle_tasks("missing_email", actor_id=given.actor_id)

    @contact_given.validator
    def _may_give_contact(self, given: ContactGiven) -> None:
        self._refuse_when_over()

    @property
    def _asked_by(self) -> Actor:
        """Who wants an interview with a person."""
        return Actor.system if self._broken_off else Actor.candidate

    def _want_person(self) -> None:
        """Hear that the candidate would rather speak with a person, unless they do already."""
        meets_one = self._times is not None and self._times.with_person
        if self._outcome is not Outcome.human_interview and not meets_one:
            self._asked = True

    def _round_input(self, interview_id: UUID, wait_s: float) -> RoundInput:
        return RoundInput(
            org_id=self._given.org_id,
            interview_id=interview_id,
            wait_s=max(wait_s, 1.0),
            policy=self._given.policy,
        )

    def _refuse_when_over(self) -> None:
        if self._closed or self._withdrawn:
            raise conflict("journey_over")


def conflict(code: str) -> ApplicationError:
    """Return the refusal of what the state has moved past."""
    return _refusal("Conflict", code)


def _refusal(kind: str, code: str) -> ApplicationError:
    return ApplicationError(code, type=kind, non_retryable=True)


def passed_on(failed: ActivityError) -> ApplicationError:
    """Return an activity's refusal as the update's."""
    kind = getattr(failed.cause, "type", None)
    return _refusal(kind or "Unavailable", getattr(failed.cause, "message", "step_failed"))
