import { expect, test } from "vitest";
import { move, step } from "./move";

test.each([
  [0, 2, ["b", "c", "a"]],
  [2, 0, ["c", "a", "b"]],
  [1, 1, ["a", "b", "c"]],
  [0, 3, ["a", "b", "c"]],
  [-1, 0, ["a", "b", "c"]],
])("moving %d to %d gives %j", (from, to, wanted) => {
  const list = ["a", "b", "c"];
  expect(move(list, from, to)).toEqual(wanted);
  expect(list).toEqual(["a", "b", "c"]);
});

test.each([
  [-1, 1, 3, 0],
  [-1, -1, 3, 2],
  [2, 1, 3, 2],
  [0, -1, 3, 0],
  [0, 1, 3, 1],
  [0, 1, 0, -1],
] as const)("from %d by %d of %d rows the cursor stands at %d", (at, by, of, wanted) => {
  expect(step(at, by, of)).toBe(wanted);
});
