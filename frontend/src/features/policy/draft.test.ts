import { expect, test } from "vitest";
import type { JobPolicy } from "@/api/types";
import { changedRules, draftOf, isSame, onTop, policyOf, problemsOf } from "./draft";
import { labelOf } from "./rules";

const DAY = 86_400;
const POLICY: JobPolicy = {
  way: "any_time",
  invitation: 14 * DAY,
  review: 5 * DAY,
  human_interview: 5 * DAY,
  scorecard: 2 * DAY,
  nudges: [1 / 3, 2 / 3],
  reminders: [DAY, 3600],
  grace: 900,
  free_changes: 1,
  slot: 2700,
  every: 1800,
  buffer_before: 0,
  buffer_after: 600,
  notice: 14_400,
  horizon: 21 * DAY,
  second_reviewer: false,
  review_request: 30 * DAY,
  review_answer: 14 * DAY,
};

test("what nobody touched is saved as it was, thirds included", () => {
  const draft = draftOf(POLICY);
  expect(problemsOf(draft)).toEqual({});
  expect(policyOf(draft, POLICY)).toEqual(POLICY);
  expect(isSame(policyOf(draft, POLICY), POLICY)).toBe(true);
});

test("a share that was typed is a share of a hundred, in order", () => {
  const draft = { ...draftOf(POLICY), nudges: ["90", "33"] };
  expect(policyOf(draft, POLICY).nudges).toEqual([1 / 3, 0.9]);
});

test("each problem stands at its own field", () => {
  const draft = draftOf(POLICY);
  draft.times.invitation = { amount: "91", unit: "d" };
  draft.times.slot = { amount: "0", unit: "min" };
  draft.times.grace = { amount: "soon", unit: "min" };
  draft.reminders = [
    { amount: "1", unit: "h" },
    { amount: "15", unit: "d" },
  ];
  draft.nudges = ["100"];
  draft.changes = "11";
  expect(problemsOf(draft)).toEqual({
    invitation: "At most 90 days.",
    slot: "More than nothing: at least 1 minute.",
    grace: "Type a number.",
    "reminders.1": "At most 14 days.",
    "nudges.0": "A whole number from 1 to 99.",
    free_changes: "A whole number from 0 to 10.",
  });
});

test("what only fails together is said as well", () => {
  const draft = draftOf(POLICY);
  draft.times.every = { amount: "20", unit: "min" };
  draft.times.notice = { amount: "3", unit: "d" };
  draft.times.horizon = { amount: "2", unit: "d" };
  expect(problemsOf(draft)).toEqual({
    every: "Starts lie on quarters of an hour: 15, 30, 45, 60.",
    notice: "Nothing can be offered: the horizon is 2 days.",
  });
});

test("another order of reminders is another policy", () => {
  expect(isSame(POLICY, { ...POLICY, reminders: [3600, DAY] })).toBe(false);
});

test("what two people changed at once is theirs with mine on top", () => {
  const theirs = { ...POLICY, slot: 1800, reminders: [DAY] };
  const mine = { ...POLICY, slot: 3600, review: DAY };
  expect(changedRules(theirs, POLICY).map(labelOf)).toEqual([
    "Reminders of a time",
    "Length of a meeting",
  ]);
  expect(onTop(mine, POLICY, theirs)).toEqual({ ...theirs, slot: 3600, review: DAY });
  expect(onTop(POLICY, POLICY, theirs)).toEqual(theirs);
});

test("every rule has a name that the page shows", () => {
  for (const key of Object.keys(POLICY) as (keyof JobPolicy)[]) expect(labelOf(key)).not.toBe(key);
});
