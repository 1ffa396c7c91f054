"""One module a noun family; importing this package registers every table."""

from interloop.db.tables.base import Base, Tenant
from interloop.db.tables.bulk import BulkItem, BulkUpload
from interloop.db.tables.calendars import CalendarConnection, CalendarEntry
from interloop.db.tables.candidates import (
    Accommodation,
    Application,
    Candidate,
    NameToken,
    NoticeReceipt,
    PurposeConsent,
    Resume,
)
from interloop.db.tables.deciding import Dossier, SecondOpinion
from interloop.db.tables.erasures import HistoryErasure
from interloop.db.tables.exports import RecordingExport
from interloop.db.tables.human_review import HumanReview
from interloop.db.tables.interviews import (
    Interview,
    InterviewKind,
    InterviewState,
    Recording,
    RecordingState,
    Segment,
    Turn,
    Waiting,
)
from interloop.db.tables.jobs import (
    Job,
    JobMember,
    NoticeVersion,
    PersonaVersion,
    PlanVersion,
    RubricVersion,
    TemplateVersion,
    VersionState,
)
from interloop.db.tables.keys import ApiKey, IdempotentRequest, RateWindow
from interloop.db.tables.people import (
    CandidateLink,
    CandidateSession,
    Organization,
    RefreshToken,
    SigningKey,
    Ticket,
    User,
)
from interloop.db.tables.reviews import (
    FINAL,
    INVITATIONS,
    Decision,
    DecisionKind,
    Evidence,
    Mark,
    Message,
    MessageKind,
    MessageState,
    Scorecard,
    Task,
    TaskKind,
)
from interloop.db.tables.schedule import Appointment, Availability
from interloop.db.tables.stops import Stop
from interloop.db.tables.trail import AuditEntry, Change, TrailHead
from interloop.db.tables.webhooks import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from interloop.domain.recording import SegmentKind, SegmentSource

__all__ = [
    "FINAL",
    "INVITATIONS",
    "Accommodation",
    "ApiKey",
    "Application",
    "Appointment",
    "AuditEntry",
    "Availability",
    "Base",
    "BulkItem",
    "BulkUpload",
    "CalendarConnection",
    "CalendarEntry",
    "Candidate",
    "CandidateLink",
    "CandidateSession",
    "Change",
    "Decision",
    "DecisionKind",
    "Dossier",
    "Evidence",
    "HistoryErasure",
    "HumanReview",
    "IdempotentRequest",
    "Interview",
    "InterviewKind",
    "InterviewState",
    "Job",
    "JobMember",
    "Mark",
    "Message",
    "MessageKind",
    "MessageState",
    "NameToken",
    "NoticeReceipt",
    "NoticeVersion",
    "Organization",
    "PersonaVersion",
    "PlanVersion",
    "PurposeConsent",
    "RateWindow",
    "Recording",
    "RecordingExport",
    "RecordingState",
    "RefreshToken",
    "Resume",
    "RubricVersion",
    "Scorecard",
    "SecondOpinion",
    "Segment",
    "SegmentKind",
    "SegmentSource",
    "SigningKey",
    "Stop",
    "Task",
    "TaskKind",
    "TemplateVersion",
    "Tenant",
    "Ticket",
    "TrailHead",
    "Turn",
    "User",
    "VersionState",
    "Waiting",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
]
