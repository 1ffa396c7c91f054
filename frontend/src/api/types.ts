/** Short names for the shapes of the contract. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Me = Schemas["MeOut"];
export type Permission = Me["permissions"][number];
export type UserRef = Schemas["UserRef"];
export type Problem = Schemas["Problem"];
export type Decided = Schemas["Decided"];

export type Stage = Schemas["Stage"];
export type Outcome = Schemas["Outcome"];
export type WaitingOn = Schemas["WaitingOn"];

export type JobRow = Schemas["JobRow"];
export type Job = Schemas["JobOut"];
export type JobPolicy = Schemas["JobPolicy-Input"];
export type WeeklyHours = Schemas["WeeklyHours"];
export type HoursPreview = Schemas["HoursPreviewOut"];
export type Appointment = Schemas["AppointmentOut"];
export type StaffSlots = Schemas["StaffSlotsOut"];
export type StaffSlot = Schemas["StaffSlotOut"];
export type OwnCalendar = Schemas["OwnCalendarOut"];
export type CalendarIn = Schemas["CalendarIn"];
export type Calendar = Schemas["CalendarOut"];
export type PoolMember = Schemas["PoolMember"];
export type ReadStatus = Schemas["ReadStatus"];

export type JobPlan = Schemas["JobPlanOut"];
export type PlanVersion = Schemas["PlanVersionOut"];
export type PlanVersionRow = Schemas["PlanVersionRow"];
export type Plan = JobPlan["draft"]["plan"];
export type Rubric = Plan["rubric"];
export type Criterion = Rubric["criteria"][number];
export type Anchor = Criterion["anchors"][number];
export type Question = Plan["questions"][number];
export type Persona = Plan["persona"];

export type ApplicationRow = Schemas["ApplicationRow"];
export type Application = Schemas["ApplicationOut"];
export type Resume = Schemas["ResumeOut"];
export type Match = Schemas["MatchOut"];
export type MatchRow = Schemas["MatchRow"];
export type Message = Schemas["MessageOut"];
export type MessageAct = Message["may"][number];
export type MailKind = Message["kind"];
export type MailLanguage = Schemas["Language"];
export type Template = Schemas["TemplateOut"];
export type TemplateRow = Schemas["TemplateRow"];
export type LineChange = Schemas["LineChange"];
export type TemplateFinding = Schemas["Finding"];
export type HistoryEntry = Schemas["HistoryEntry"];
export type MailPreview = Schemas["PreviewOut"];
export type Decision = Schemas["DecisionOut"];
export type DecisionKind = Schemas["DecisionKind"];

export type BulkUpload = Schemas["BulkUploadOut"];
export type BulkItem = Schemas["BulkItemOut"];
export type ListPreview = Schemas["ListPreviewOut"];
export type ListRow = Schemas["ListRowOut"];
export type ListedPerson = Schemas["ListedPerson"];
export type HumanReview = Schemas["HumanReviewOut"];
export type Dossier = Schemas["DossierOut"];
export type DossierInterview = Schemas["DossierInterview"];
export type DossierMark = Schemas["DossierMark"];

export type RoundKind = Schemas["InterviewKind"];
export type InterviewRow = Schemas["InterviewRow"];
export type Interview = Schemas["InterviewOut"];
export type Turn = Schemas["TurnOut"];
export type Segment = Schemas["SegmentOut"];
export type Gap = Schemas["Gap"];
export type RecordingExport = Schemas["ExportOut"];
export type ExportFormat = Schemas["ExportFormat"];
export type Scorecard = Schemas["ScorecardOut"];
export type CriterionCard = Schemas["CriterionCard"];
export type Mark = Schemas["MarkOut"];
export type Evidence = Schemas["EvidenceOut"];

export type ReviewRow = Schemas["ReviewRow"];
export type Task = Schemas["TaskOut"];
export type AuditEntry = Schemas["AuditEntryOut"];
export type Verification = Schemas["VerificationOut"];

export type ApiKey = Schemas["ApiKeyOut"];
export type ApiScope = Schemas["Scope"];
export type Webhook = Schemas["WebhookOut"];
export type HookEvent = Schemas["HookEvent"];
export type Delivery = Schemas["DeliveryRow"];
export type DeliveryDetail = Schemas["DeliveryOut"];
export type DeliveryState = Schemas["DeliveryState"];
