import { expect, test } from "vitest";
import type { ApplicationRow, Stage } from "@/api/types";
import { columns, medianWait, neighbour } from "./columns";

const row = (id: string, stage: Stage, stage_since = "2026-11-20T00:00:00Z") =>
  ({ id, stage, stage_since }) as ApplicationRow;

const rows = [
  row("a", "screening"),
  row("b", "screening"),
  row("c", "in_review"),
  row("d", "closed"),
];

test("the closed stand under Decided and every column is there", () => {
  const shown = columns(rows).map(({ stage, people }) => [stage, people.length]);
  expect(shown).toEqual([
    ["screening", 2],
    ["invited", 0],
    ["scheduled", 0],
    ["interviewing", 0],
    ["scoring", 0],
    ["in_review", 1],
    ["decided", 1],
  ]);
});

test("the median of an even number is the lower one, of nobody it is nothing", () => {
  const now = new Date("2026-11-24T00:00:00Z");
  const two = [row("a", "invited", "2026-11-23T00:00:00Z"), row("b", "invited")];
  expect(medianWait(two, now)).toBe(24 * 3_600_000);
  expect(medianWait([], now)).toBeNull();
});

test("the keys walk over empty columns and stop at the edges", () => {
  expect(neighbour(rows, undefined, { x: 0, y: 1 })).toBe("a");
  expect(neighbour(rows, "a", { x: 0, y: 1 })).toBe("b");
  expect(neighbour(rows, "b", { x: 0, y: 1 })).toBe("b");
  expect(neighbour(rows, "b", { x: 1, y: 0 })).toBe("c");
  expect(neighbour(rows, "c", { x: 1, y: 0 })).toBe("d");
  expect(neighbour(rows, "d", { x: 1, y: 0 })).toBe("d");
});
