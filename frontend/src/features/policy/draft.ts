/** A policy while it is edited: what was typed, what is wrong with it, and what it becomes. */
import type { JobPolicy } from "@/api/types";
import { type Length, lengthOf, secondsOf } from "./durations";
import {
  crossProblems,
  lengthProblem,
  MOST_CHANGES,
  REMINDER_MOST,
  RULES,
  type TimeKey,
} from "./rules";

export type Draft = {
  way: JobPolicy["way"];
  times: Record<TimeKey, Length>;
  reminders: Length[];
  /** Percent of the invitation's time. */
  nudges: string[];
  changes: string;
  secondReviewer: boolean;
};

/** Sentences by the place they belong to: a key of the policy, or `reminders.0`. */
export type Problems = Partial<Record<string, string>>;

const keys = RULES.map(({ key }) => key);

const ofKeys = <T>(value: (key: TimeKey) => T): Record<TimeKey, T> =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<TimeKey, T>;

export function draftOf(policy: JobPolicy): Draft {
  return {
    way: policy.way,
    times: ofKeys((key) => lengthOf(policy[key])),
    reminders: policy.reminders.map(lengthOf),
    nudges: policy.nudges.map(percent),
    changes: String(policy.free_changes),
    secondReviewer: policy.second_reviewer,
  };
}

export const percent = (share: number): string => String(Math.round(share * 100));

export function problemsOf(draft: Draft): Problems {
  const found: Problems = {};
  for (const { key, least, most } of RULES)
    note(found, key, lengthProblem(secondsOf(draft.times[key]), least, most));
  draft.reminders.forEach((length, at) => {
    note(found, `reminders.${at}`, lengthProblem(secondsOf(length), 60, REMINDER_MOST));
  });
  draft.nudges.forEach((text, at) => {
    note(found, `nudges.${at}`, whole(text, 1, 99) ? null : "A whole number from 1 to 99.");
  });
  if (!whole(draft.changes, 0, MOST_CHANGES))
    found.free_changes = `A whole number from 0 to ${MOST_CHANGES}.`;
  return Object.keys(found).length > 0 ? found : crossProblems(timesOf(draft));
}

function note(found: Problems, place: string, problem: string | null) {
  if (problem) found[place] = problem;
}

function whole(text: string, least: number, most: number): boolean {
  return /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}

const timesOf = (draft: Draft) => ofKeys((key) => secondsOf(draft.times[key]) ?? 0);

/**
 * The policy that a draft without problems says. A third is typed as 33: a share of `before` that
 * reads the same stays exactly what it was.
 */
export function policyOf(draft: Draft, ...before: JobPolicy[]): JobPolicy {
  const known = before.flatMap(({ nudges }) => nudges);
  const share = (text: string) =>
    known.find((one) => percent(one) === text.trim()) ?? Number(text) / 100;
  return {
    way: draft.way,
    ...timesOf(draft),
    reminders: draft.reminders.map((length) => secondsOf(length) ?? 0),
    nudges: draft.nudges.map(share).toSorted((a, b) => a - b),
    free_changes: Number(draft.changes),
    second_reviewer: draft.secondReviewer,
  };
}

/** The rules that differ, by their names in a policy. */
export const changedRules = (one: JobPolicy, other: JobPolicy): (keyof JobPolicy)[] =>
  (Object.keys(one) as (keyof JobPolicy)[]).filter(
    (key) => String(one[key]) !== String(other[key]),
  );

/** Theirs, with what was changed here since `base` on top; what nobody touched here is theirs. */
export function onTop(mine: JobPolicy, base: JobPolicy, theirs: JobPolicy): JobPolicy {
  const kept = changedRules(mine, base).map((key) => [key, mine[key]]);
  return { ...theirs, ...Object.fromEntries(kept) };
}

/** Whether two policies say the same, in whatever order the server wrote their keys. */
export function isSame(one: JobPolicy, other: JobPolicy): boolean {
  return changedRules(one, other).length === 0;
}
