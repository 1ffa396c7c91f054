/** What changed from one version of a plan to the next, in one line each. */
import type { Criterion, Plan, Question } from "@/api/types";
import { letter } from "./draft";

export type PlanChange = { kind: "added" | "removed" | "changed"; text: string };

export function diff(before: Plan, after: Plan): PlanChange[] {
  return [...criteriaChanges(before, after), ...questionChanges(before, after)];
}

function criteriaChanges(before: Plan, after: Plan): PlanChange[] {
  const old = new Map(before.rubric.criteria.map((one) => [one.id, one as Criterion]));
  const kept = new Set(after.rubric.criteria.map((one) => one.id));
  const changes = after.rubric.criteria.flatMap((criterion, index) => {
    const name = `${letter(index)} ${criterion.name || "unnamed"}`;
    const was = old.get(criterion.id);
    if (!was) return [{ kind: "added" as const, text: `Criterion ${name}, ${criterion.weight} %` }];
    return criterionChange(name, was, criterion as Criterion);
  });
  const gone = before.rubric.criteria
    .filter((one) => !kept.has(one.id))
    .map((one) => ({ kind: "removed" as const, text: `Criterion ${one.name}` }));
  return [...changes, ...gone];
}

function criterionChange(name: string, was: Criterion, is: Criterion): PlanChange[] {
  const parts: string[] = [];
  if (was.weight !== is.weight) parts.push(`was ${was.weight}, now ${is.weight} %`);
  if (was.name !== is.name) parts.push(`was called ${was.name}`);
  const reworded = changedLevels(was, is);
  if (reworded.length > 0) parts.push(`anchor ${reworded.join(", ")} reworded`);
  return parts.length > 0 ? [{ kind: "changed", text: `${name}: ${parts.join("; ")}` }] : [];
}

/** The levels whose anchor says something else than before. */
export function changedLevels(was: Criterion, is: Criterion): number[] {
  return is.anchors
    .filter((anchor, at) => {
      const old = was.anchors[at];
      return old?.behaviour !== anchor.behaviour || (old.example ?? "") !== (anchor.example ?? "");
    })
    .map((anchor) => anchor.level);
}

function questionChanges(before: Plan, after: Plan): PlanChange[] {
  const old = new Map(before.questions.map((one) => [one.id, one as Question]));
  const kept = new Set(after.questions.map((one) => one.id));
  const changes = after.questions.flatMap((question, index): PlanChange[] => {
    const was = old.get(question.id);
    if (!was) return [{ kind: "added", text: `Question ${index + 1}, ${question.minutes} min` }];
    const same = JSON.stringify(was) === JSON.stringify(question);
    return same ? [] : [{ kind: "changed", text: `Question ${index + 1}` }];
  });
  const gone = before.questions
    .filter((one) => !kept.has(one.id))
    .map((one): PlanChange => ({ kind: "removed", text: `Question “${one.text}”` }));
  return [...changes, ...gone];
}
