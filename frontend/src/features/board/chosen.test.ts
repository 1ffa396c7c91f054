import { expect, test } from "vitest";
import type { ApplicationRow, Stage } from "@/api/types";
import { allToggled, chosenRows, NOBODY, toggled } from "./chosen";

const row = (id: string, stage: Stage) => ({ id, stage }) as ApplicationRow;
const rows = [row("a", "screening"), row("b", "invited"), row("c", "screening")];
const ids = (chosen: ReadonlySet<string>) => chosenRows(rows, chosen).map(({ id }) => id);

test("choosing all takes those in Screening and nobody else, and again nobody", () => {
  const all = allToggled(rows, NOBODY);
  expect(ids(all)).toEqual(["a", "c"]);
  expect(allToggled(rows, all).size).toBe(0);
});

test("one is chosen and let go, in the order of the table", () => {
  const two = toggled(toggled(NOBODY, "c"), "a");
  expect(ids(two)).toEqual(["a", "c"]);
  expect(ids(toggled(two, "a"))).toEqual(["c"]);
});

test("who has left Screening, or is not shown, is no longer chosen", () => {
  expect(ids(new Set(["b", "gone"]))).toEqual([]);
});
