/** The times of a job's policy: what each is called, what it means, and between what it lies. */
import type { JobPolicy } from "@/api/types";
import { durationWords } from "./durations";

const MIN = 60;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;

export type TimeKey = {
  [Key in keyof JobPolicy]: JobPolicy[Key] extends number ? Key : never;
}[Exclude<keyof JobPolicy, "free_changes">];

export type Rule = {
  key: TimeKey;
  label: string;
  hint: string;
  /** Seconds; 0 says that none is fine. */
  least: number;
  most: number;
};

const rule = (key: TimeKey, label: string, hint: string, least: number, most: number): Rule => ({
  key,
  label,
  hint,
  least,
  most,
});

export const MEETING: readonly Rule[] = [
  rule("slot", "Length of a meeting", "How long a chosen time is.", MIN, 8 * HOUR),
  rule("every", "Starts every", "From one possible start to the next.", 15 * MIN, DAY),
  rule("buffer_before", "Free before", "The interviewer's free time before a meeting.", 0, DAY),
  rule("buffer_after", "Free after", "And after it.", 0, DAY),
  rule("notice", "Notice", "A candidate chooses a time at least this far ahead.", 0, 14 * DAY),
  rule("horizon", "Horizon", "Times are offered this far ahead.", MIN, 90 * DAY),
];

export const GRACE: Rule = rule(
  "grace",
  "Grace",
  "How late they may be before the time counts as missed.",
  MIN,
  DAY,
);

export const DEADLINES: readonly Rule[] = [
  rule("invitation", "Invitation open for", "Then a person is asked what happens.", MIN, 90 * DAY),
  rule("review", "Decision after an interview", "Then whoever decides is reminded.", MIN, 90 * DAY),
  rule(
    "human_interview",
    "Interview with a person, once asked for",
    "Then it is brought before somebody else.",
    MIN,
    90 * DAY,
  ),
  rule(
    "scorecard",
    "Word on a meeting, then the scorecard",
    "So long each; then the interviewer is reminded.",
    MIN,
    90 * DAY,
  ),
  rule(
    "review_request",
    "To ask for a review of a rejection",
    "So long the candidate may ask for another person.",
    MIN,
    365 * DAY,
  ),
  rule("review_answer", "To answer such a review", "Then it is escalated.", MIN, 90 * DAY),
];

export const RULES: readonly Rule[] = [...MEETING, GRACE, ...DEADLINES];

const OTHER_LABELS: Partial<Record<keyof JobPolicy, string>> = {
  way: "The way to an interview",
  nudges: "Reminders of an open invitation",
  reminders: "Reminders of a time",
  free_changes: "New dates without asking",
  second_reviewer: "A second reviewer",
};

/** What a rule is called on the page. */
export const labelOf = (key: keyof JobPolicy): string =>
  RULES.find((one) => one.key === key)?.label ?? OTHER_LABELS[key] ?? key;

export const REMINDER_MOST = 14 * DAY;
export const MOST_REMINDERS = 5;
export const MOST_CHANGES = 10;
const STEP = 15 * MIN;

/** What is wrong with a length, or null. */
export function lengthProblem(seconds: number | null, least: number, most: number): string | null {
  if (seconds === null) return "Type a number.";
  if (seconds > most) return `At most ${durationWords(most)}.`;
  if (seconds >= least) return null;
  return least === MIN
    ? "More than nothing: at least 1 minute."
    : `At least ${durationWords(least)}.`;
}

/** What is wrong between two times that are each fine by themselves. */
export function crossProblems(times: Record<TimeKey, number>): Partial<Record<TimeKey, string>> {
  return {
    ...(times.every % STEP && { every: "Starts lie on quarters of an hour: 15, 30, 45, 60." }),
    ...(times.notice >= times.horizon && {
      notice: `Nothing can be offered: the horizon is ${durationWords(times.horizon)}.`,
    }),
  };
}
