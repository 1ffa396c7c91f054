"""The worker: runs journeys and their steps until it is told to stop."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from temporalio.client import Client
from temporalio.worker import Worker

from activities.appointments import AppointmentSteps
from activities.bulk import BulkSteps
from activities.calendar import CalendarSteps
from activities.decision import DecisionSteps
from activities.errors import Border
from activities.export import ExportSteps
from activities.histories import HistorySteps
from activities.human_review import ReviewSteps
from activities.interview import InterviewSteps
from activities.notify import NotifySteps
from activities.person import PersonSteps
from activities.pulse import Pulse
from activities.recording import RecordingSteps
from activities.score import ScoreSteps
from activities.screening import ScreeningSteps
from activities.stage import StageSteps
from activities.tasks import TaskSteps
from activities.time_mails import TimeMailSteps
from activities.transcribe import TranscriptSteps
from activities.webhook import WebhookSteps
from interloop.services import Services
from workflows.bulk import BulkIntake
from workflows.calendar import CalendarKeeping
from workflows.dispatch import dispatch_for_ever
from workflows.erasure import HistoryErasure
from workflows.export import RecordingExport
from workflows.healing import RecordingHealing
from workflows.human_review import HumanReview
from workflows.human_round import HumanRound
from workflows.interview import InterviewRound
from workflows.journey import CandidateJourney
from workflows.resend import MessageResend
from workflows.sandbox import Sandbox
from workflows.sweep import sweep_for_ever
from workflows.webhook import WebhookDelivery

WORKFLOWS = (
    *(CandidateJourney, InterviewRound, HumanRound, HumanReview),
    *(RecordingExport, RecordingHealing, WebhookDelivery, MessageResend, BulkIntake),
    *(CalendarKeeping, HistoryErasure),
)

_STICKY = timedelta(seconds=2)
"""How long a journey waits for a worker that died before another picks it up."""

_GRACE = timedelta(seconds=4)


def make_worker(client: Client, services: Services) -> Worker:
    """Return the worker of journeys; it is started by `async with`."""
    screening, score = ScreeningSteps(services), ScoreSteps(services)
    interview, tasks = InterviewSteps(services), TaskSteps(services)
    export, notify = ExportSteps(services), NotifySteps(services)
    times, bulk = AppointmentSteps(services), BulkSteps(services)
    decision, person = DecisionSteps(services), PersonSteps(services)
    recording, review = RecordingSteps(services), ReviewSteps(services)
    return Worker(
        client,
        task_queue=services.settings.task_queue,
        workflows=WORKFLOWS,
        activities=[
            screening.read_resume,
            screening.rate_match,
            StageSteps(services).move_stage,
            *(notify.send_message, notify.hold_back, notify.give_up),
            times.book_time,
            times.propose_time,
            times.move_time,
            times.end_time,
            times.candidate_stayed_away,
            times.has_scorecard,
            TimeMailSteps(services).write_time_mail,
            interview.open_round,
            interview.read_epoch,
            interview.close_round,
            recording.finalise_recording,
            CalendarSteps(services).keep_calendar,
            recording.heal_recording,
            TranscriptSteps(services).transcribe_answers,
            score.read_criteria,
            score.judge_criterion,
            tasks.open_task,
            tasks.settle_tasks,
            decision.read_decision,
            decision.mark_applied,
            person.request_person,
            bulk.waiting_files,
            bulk.take_in_file,
            bulk.give_up_file,
            bulk.note_run,
            bulk.finish_upload,
            review.open_review,
            review.read_review,
            review.remind_reviewer,
            review.escalate_review,
            review.write_reply,
            review.note_reopened,
            export.make_export,
            export.fail_export,
            export.drop_export,
            WebhookSteps(services).try_webhook,
            HistorySteps(services, client).erase_histories,
        ],
        interceptors=[Pulse(), Border()],
        workflow_runner=Sandbox(),
        sticky_queue_schedule_to_start_timeout=_STICKY,
        graceful_shutdown_timeout=_GRACE,
    )


async def run_until(stop: asyncio.Event, client: Client, services: Services) -> None:
    """Work until `stop` is set; `state_dir/ready/worker` stands exactly while it works."""
    ready = services.settings.state_dir / "ready" / "worker"
    async with make_worker(client, services):
        beside = asyncio.gather(
            sweep_for_ever(services, client), dispatch_for_ever(services, client)
        )
        _touch(ready)
        await stop.wait()
        ready.unlink(missing_ok=True)
        beside.cancel()
        with suppress(asyncio.CancelledError):
            await beside


def _touch(ready: Path) -> None:
    ready.parent.mkdir(parents=True, exist_ok=True)
    ready.touch()
