import { expect, test } from "vitest";
import { daysIn, rangeProblem, rangesOf, rangeWords, withoutRange, withRange } from "./days-off";

const HOLIDAYS = { from: "2026-12-30", to: "2027-01-02" };

test("days that follow each other are one range, also over the new year", () => {
  const days = ["2027-05-01", ...daysIn(HOLIDAYS).toReversed()];
  expect(rangesOf(days)).toEqual([HOLIDAYS, { from: "2027-05-01", to: "2027-05-01" }]);
  expect(rangesOf(days).map(rangeWords)).toEqual(["30 Dec 2026 to 2 Jan 2027", "1 May 2027"]);
});

test("a range is added once and taken away whole", () => {
  const days = withRange(["2026-12-31"], HOLIDAYS);
  expect(days).toEqual(["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]);
  expect(withoutRange(days, { from: "2026-12-31", to: "2027-01-01" })).toEqual([
    "2026-12-30",
    "2027-01-02",
  ]);
});

test("what cannot be added says why", () => {
  expect(rangeProblem({ from: "2027-01-02", to: "2026-12-30" }, [])).toBe(
    "The last day is before the first.",
  );
  expect(rangeProblem({ from: "", to: "2026-12-30" }, [])).toBe("Say the first and the last day.");
  expect(rangeProblem(HOLIDAYS, daysIn(HOLIDAYS))).toBe("These days are off already.");
  expect(rangeProblem({ from: "2026-01-01", to: "2027-12-31" }, ["2025-01-01"])).toBe(
    "At most 400 days off are kept.",
  );
  expect(rangeProblem(HOLIDAYS, [])).toBeNull();
});

test("a month with a change of the clocks has all its days", () => {
  expect(daysIn({ from: "2026-03-01", to: "2026-03-31" })).toHaveLength(31);
});
