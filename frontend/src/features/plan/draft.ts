/** Every change one can make to a draft plan. Pure: each returns a new plan. */
import type { Anchor, Criterion, Plan, Question } from "@/api/types";
import { move } from "@/lib/move";

export const MAX_CRITERIA = 12;
export const MAX_QUESTIONS = 12;

/** The letter of a criterion by its place: 0 is A. */
export const letter = (index: number): string => String.fromCharCode(65 + index);

export const weightSum = (plan: Plan): number =>
  plan.rubric.criteria.reduce((sum, criterion) => sum + criterion.weight, 0);

export const minutes = (plan: Plan): number =>
  plan.questions.reduce((sum, question) => sum + question.minutes, 0);

const withCriteria = (plan: Plan, criteria: Criterion[]): Plan => ({
  ...plan,
  rubric: { criteria },
});

export function changeCriterion(plan: Plan, id: string, change: Partial<Criterion>): Plan {
  const criteria = plan.rubric.criteria.map((one) => (one.id === id ? { ...one, ...change } : one));
  return withCriteria(plan, criteria as Criterion[]);
}

/** Weights move in whole percent between 1 and 100. */
export function setWeight(plan: Plan, id: string, weight: number): Plan {
  return changeCriterion(plan, id, { weight: Math.min(100, Math.max(1, Math.round(weight))) });
}

export function changeAnchor(plan: Plan, id: string, level: number, change: Partial<Anchor>): Plan {
  const criterion = plan.rubric.criteria.find((one) => one.id === id);
  if (!criterion) return plan;
  const anchors = criterion.anchors.map((one) =>
    one.level === level ? { ...one, ...change } : one,
  );
  return changeCriterion(plan, id, { anchors: anchors as Criterion["anchors"] });
}

export function moveCriterion(plan: Plan, from: number, to: number): Plan {
  return withCriteria(plan, move(plan.rubric.criteria as Criterion[], from, to));
}

/** A new criterion takes what is missing to 100 %, or 10 %. */
export function addCriterion(plan: Plan): Plan {
  const left = 100 - weightSum(plan);
  const ids = plan.rubric.criteria.map((one) => one.id);
  const fresh: Criterion = {
    id: freeId("criterion", ids),
    dimension: "technical",
    name: "",
    description: "",
    weight: left > 0 ? left : 10,
    anchors: [1, 2, 3, 4, 5].map((level) => ({ level, behaviour: "", example: "" })),
  };
  return withCriteria(plan, [...(plan.rubric.criteria as Criterion[]), fresh]);
}

/** Without the criterion no question can feed it any more. */
export function removeCriterion(plan: Plan, id: string): Plan {
  const kept = plan.rubric.criteria.filter((one) => one.id !== id) as Criterion[];
  const questions = plan.questions.map((question) => ({
    ...question,
    criteria: question.criteria?.filter((one) => one !== id) ?? [],
  }));
  return { ...withCriteria(plan, kept), questions };
}

export function changeQuestion(plan: Plan, id: string, change: Partial<Question>): Plan {
  const questions = plan.questions.map((one) => (one.id === id ? { ...one, ...change } : one));
  return { ...plan, questions };
}

export function moveQuestion(plan: Plan, from: number, to: number): Plan {
  return { ...plan, questions: move(plan.questions, from, to) };
}

export function addQuestion(plan: Plan): Plan {
  const fresh: Question = {
    id: freeId(
      "question",
      plan.questions.map((one) => one.id),
    ),
    text: "",
    minutes: 5,
    criteria: [],
    probes: [],
    follow_ups: 1,
  };
  return { ...plan, questions: [...plan.questions, fresh] };
}

export function removeQuestion(plan: Plan, id: string): Plan {
  return { ...plan, questions: plan.questions.filter((one) => one.id !== id) };
}

/** The lowest `stem-N` that is not taken: ids are stable, a removed one is not handed out twice in a draft. */
function freeId(stem: string, taken: readonly string[]): string {
  const numbers = taken.map((id) => Number(id.match(new RegExp(`^${stem}-(\\d+)$`))?.[1] ?? 0));
  return `${stem}-${Math.max(0, ...numbers) + 1}`;
}

/** What keeps the draft from being published, in words. Empty when it can be. */
export function problems(plan: Plan): string[] {
  const found: string[] = [];
  const sum = weightSum(plan);
  if (sum !== 100) found.push(`Weights sum to ${sum} %, they must sum to 100 %.`);
  if (plan.questions.length === 0) found.push("The plan has no question.");
  plan.rubric.criteria.forEach((criterion, index) => {
    const where = `Criterion ${letter(index)}`;
    if (!criterion.name.trim()) found.push(`${where} has no name.`);
    const bare = criterion.anchors.filter((anchor) => !anchor.behaviour.trim());
    if (bare.length > 0)
      found.push(`${where}: say what a reviewer sees at ${bare.map((a) => a.level).join(", ")}.`);
  });
  plan.questions.forEach((question, index) => {
    if (!question.text.trim()) found.push(`Question ${index + 1} has no words.`);
  });
  return found;
}

/** Criteria by how many questions feed them: what nobody asks about cannot be marked. */
export function coverage(plan: Plan): { letter: string; asked: number[] }[] {
  return plan.rubric.criteria.map((criterion, index) => ({
    letter: letter(index),
    asked: plan.questions.flatMap((question, at) =>
      question.criteria?.includes(criterion.id) ? [at] : [],
    ),
  }));
}
