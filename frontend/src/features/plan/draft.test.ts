import { describe, expect, test } from "vitest";
import type { Criterion, Plan, Question } from "@/api/types";
import { diff } from "./diff";
import {
  addCriterion,
  addQuestion,
  changeAnchor,
  coverage,
  minutes,
  moveCriterion,
  moveQuestion,
  problems,
  removeCriterion,
  setWeight,
  weightSum,
} from "./draft";

const criterion = (id: string, weight: number): Criterion => ({
  id,
  dimension: "technical",
  name: id,
  description: "",
  weight,
  anchors: [1, 2, 3, 4, 5].map((level) => ({ level, behaviour: `${id} at ${level}`, example: "" })),
});

const question = (id: string, criteria: string[]): Question => ({
  id,
  text: `About ${id}?`,
  minutes: 5,
  criteria,
  probes: [],
  follow_ups: 1,
});

const plan = {
  title: "Technical interview",
  rubric: { criteria: [criterion("depth", 60), criterion("clarity", 40)] },
  questions: [question("q1", ["depth"]), question("q2", ["depth", "clarity"])],
  persona: {},
} as unknown as Plan;

describe("weights", () => {
  test("a plan whose weights sum to 100 can be published", () => {
    expect(weightSum(plan)).toBe(100);
    expect(problems(plan)).toEqual([]);
  });

  test("one percent too much is said and stops publishing", () => {
    expect(problems(setWeight(plan, "depth", 61))).toEqual([
      "Weights sum to 101 %, they must sum to 100 %.",
    ]);
  });

  test.each([
    [0, 1],
    [140, 100],
    [12.4, 12],
  ])("a weight of %d is kept as %d", (asked, kept) => {
    expect(setWeight(plan, "depth", asked).rubric.criteria[0]?.weight).toBe(kept);
  });

  test("a new criterion takes what is missing", () => {
    const added = addCriterion(setWeight(plan, "depth", 45));
    expect(added.rubric.criteria[2]?.weight).toBe(15);
    expect(weightSum(added)).toBe(100);
  });
});

test("a new criterion is not publishable until it has a name and anchors", () => {
  const words = problems(addCriterion(setWeight(plan, "depth", 45)));
  expect(words).toEqual([
    "Criterion C has no name.",
    "Criterion C: say what a reviewer sees at 1, 2, 3, 4, 5.",
  ]);
});

test("removing a criterion takes it out of every question", () => {
  const smaller = removeCriterion(plan, "depth");
  expect(smaller.questions.map((one) => one.criteria)).toEqual([[], ["clarity"]]);
});

test("reordering keeps the content and changes the letters", () => {
  const moved = moveCriterion(plan, 1, 0);
  expect(moved.rubric.criteria.map((one) => one.id)).toEqual(["clarity", "depth"]);
  expect(moveQuestion(plan, 0, 1).questions.map((one) => one.id)).toEqual(["q2", "q1"]);
  expect(coverage(moved)).toEqual([
    { letter: "A", asked: [1] },
    { letter: "B", asked: [0, 1] },
  ]);
});

test("a removed question's id is not handed out again while a later one stands", () => {
  const two = addQuestion(addQuestion(plan));
  expect(two.questions.map((one) => one.id)).toEqual(["q1", "q2", "question-1", "question-2"]);
  expect(minutes(two)).toBe(20);
});

test("the difference between two versions is told by letter", () => {
  const after = changeAnchor(setWeight(addCriterion(plan), "depth", 50), "clarity", 4, {
    behaviour: "Names show intent",
  });
  expect(diff(plan, after)).toEqual([
    { kind: "changed", text: "A depth: was 60, now 50 %" },
    { kind: "changed", text: "B clarity: anchor 4 reworded" },
    { kind: "added", text: "Criterion C unnamed, 10 %" },
  ]);
  expect(diff(plan, removeCriterion(plan, "clarity"))).toContainEqual({
    kind: "removed",
    text: "Criterion clarity",
  });
});
