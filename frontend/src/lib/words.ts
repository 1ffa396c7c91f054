/** The sentences for codes of the contract; a code without a sentence is shown as plain words. */
import type {
  ApplicationRow,
  DecisionKind,
  InterviewRow,
  MailLanguage,
  Message,
  Outcome,
  ReadStatus,
  Task,
  WaitingOn,
} from "@/api/types";

/** "own_mark_first" reads as "Own mark first". */
export function plain(code: string): string {
  const words = code.replaceAll(/[_.]/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const OUTCOME: Record<Outcome, string> = {
  hired: "Hired",
  rejected: "Rejected",
  withdrawn: "Withdrew",
  expired: "Expired",
  no_show: "Did not come",
  human_interview: "Human interview",
  erased: "Erased",
};

export const WAITING_ON: Record<WaitingOn, string> = {
  candidate: "Candidate",
  recruiter: "Us",
  hiring_manager: "Us",
  system: "Interloop",
};

export const isOnUs = (who: WaitingOn): boolean => who === "recruiter" || who === "hiring_manager";

export const DECISION: Record<DecisionKind, { verb: string; past: string; hint: string }> = {
  advance: { verb: "Advance", past: "advanced", hint: "Another round; they are invited again." },
  reject: { verb: "Reject", past: "rejected", hint: "The process ends for them." },
  hire: { verb: "Hire", past: "hired", hint: "The process ends with an offer." },
};

/** What is wrong with a document, what is safe, and what to do. `ok` is never asked for. */
export const READ_PROBLEM: Record<Exclude<ReadStatus, "ok">, { title: string; fix: string }> = {
  not_a_document: {
    title: "This is not a document we can read",
    fix: "Choose a PDF, a DOCX or a text file. The name of a file does not count, its content does.",
  },
  empty: { title: "The file is empty", fix: "It has no bytes or no page. Ask for it again." },
  no_text: {
    title: "The file is a picture of text",
    fix: "It looks like a scan: there is no text in it to read. Ask for the original document.",
  },
  encrypted: {
    title: "The file is locked with a password",
    fix: "Save it without the password, or ask for an open copy.",
  },
  corrupt: {
    title: "The file is damaged",
    fix: "It ends too early or its inside does not fit together. Ask for it again.",
  },
  too_large: {
    title: "The file is too large",
    fix: "At most 10 MB are read. Export a smaller copy.",
  },
  too_many_pages: { title: "The file has too many pages", fix: "At most 30 pages are read." },
  timed_out: {
    title: "Reading the file took too long",
    fix: "It was stopped so that nothing else waits. Try once more, or export it again.",
  },
};

export const MESSAGE_KIND: Record<Message["kind"], string> = {
  invite: "Invitation",
  meet_person: "Invitation by a person",
  human_interview: "Human interview",
  advance: "Next round",
  rejection: "Rejection",
  offer: "Offer",
  reminder: "Reminder",
  booked: "Time booked",
  rescheduled: "New time",
  cancelled_time: "Time cancelled",
  proposed_time: "Time proposed",
  missed_time: "Time missed",
  next_step: "What happens next",
  review_receipt: "Review asked for",
  review_upheld: "Review: decision stays",
  review_reopened: "Review: goes on",
};

export const isMailKind = (value: unknown): value is Message["kind"] =>
  typeof value === "string" && value in MESSAGE_KIND;

export const LANGUAGE: Record<MailLanguage, string> = { en: "English", de: "German" };

export const isMailLanguage = (value: unknown): value is MailLanguage =>
  typeof value === "string" && value in LANGUAGE;

export const MESSAGE_STATE: Record<
  Message["state"],
  { word: string; tone: "plain" | "info" | "good" | "attention" | "trouble" }
> = {
  draft: { word: "Draft", tone: "plain" },
  pending: { word: "Waits to leave", tone: "info" },
  sending: { word: "Leaving", tone: "info" },
  sent: { word: "Sent", tone: "good" },
  ambiguous: { word: "Not sure it left", tone: "attention" },
  confirmed: { word: "Arrived", tone: "good" },
  failed: { word: "Did not leave", tone: "trouble" },
};

export const TASK: Record<Task["kind"], string> = {
  human_interview: "Hold an interview in person",
  expired_invitation: "The invitation ran out: decide what happens",
  unreadable_resume: "The resume could not be read",
  missing_email: "No e-mail address: add one",
  review: "Mark the interview",
  message_failed: "A mail did not leave",
  not_scored: "No suggested marks: mark by hand",
  human_review: "Review a rejection they asked about",
  no_show: "They did not come: decide what happens",
  technical_failure: "They tried to join and could not",
  no_time: "No interviewer has a time that fits",
  report_interview: "Say how the meeting went",
  scorecard_due: "Fill in the scorecard",
  calendar_access: "An interviewer's calendar must be connected again",
};

export const INTERVIEW_STATE: Record<InterviewRow["state"], string> = {
  pending: "Not opened yet",
  ready: "Waits for the candidate",
  live: "Live now",
  paused: "Paused",
  finished: "Finished",
  cancelled: "Cancelled",
};

/** What happens next, as `application.next_step` says it. */
const NEXT_STEP: Record<string, string> = {
  read_resume: "Reading resume",
  give_contact: "E-mail address missing",
  invite: "To be invited",
  join: "Invitation open",
  interview: "In the interview",
  score: "Marks being suggested",
  decide: "To be decided",
  meet_person: "Human interview to hold",
  follow_up_expired: "Invitation ran out",
  choose_time: "To choose a time",
  attend: "Time chosen",
  meeting: "Meeting now",
  follow_up_no_show: "Did not come",
  scorecard: "Scorecard to fill in",
  none: "",
};

/** The one fact of a card. */
export function nextStep(row: Pick<ApplicationRow, "next_step" | "outcome">): string {
  if (row.outcome) return OUTCOME[row.outcome];
  return NEXT_STEP[row.next_step] ?? plain(row.next_step);
}
