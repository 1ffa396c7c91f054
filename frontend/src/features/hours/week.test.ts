import { expect, test } from "vitest";
import {
  EMPTY,
  hoursOf,
  minutesOf,
  nextStretch,
  OFFICE,
  overlaps,
  problemsOf,
  rulesOf,
  weekOf,
} from "./week";

test("a clock is minutes, and midnight at the end is the end of the day", () => {
  expect(minutesOf("09:15")).toBe(555);
  expect(minutesOf("00:00")).toBe(0);
  expect(minutesOf("00:00", true)).toBe(1440);
  for (const wrong of ["24:00", "9:00", "", "12:60"]) expect(minutesOf(wrong)).toBeNull();
});

test("a week is saved and opened again as it was, in order", () => {
  const week = EMPTY.with(0, [
    { start: "13:00", end: "17:00" },
    { start: "09:00", end: "12:00" },
  ]).with(6, [{ start: "22:00", end: "00:00" }]);
  const rules = rulesOf(week);
  expect(rules[0]).toEqual({ weekday: 0, start: "09:00:00", end: "12:00:00" });
  expect(rulesOf(weekOf(rules))).toEqual(rules);
  expect(hoursOf(week)).toBe(9);
  expect(hoursOf(OFFICE)).toBe(40);
});

test("hours that share time are named, those that only touch are fine", () => {
  const morning = { start: "09:00", end: "12:00" };
  expect(overlaps(morning, { start: "12:00", end: "13:00" })).toBe(false);
  expect(overlaps(morning, { start: "08:00", end: "00:00" })).toBe(true);
  const week = EMPTY.with(2, [morning, { start: "11:45", end: "13:00" }]);
  expect(problemsOf(week)).toEqual({ "2.1": "They overlap with 09:00 to 12:00." });
});

test("what is no stretch says why", () => {
  const week = EMPTY.with(0, [
    { start: "17:00", end: "09:00" },
    { start: "09:10", end: "12:00" },
    { start: "", end: "12:00" },
    { start: "23:00", end: "00:00" },
  ]);
  expect(problemsOf(week)).toEqual({
    "0.0": "They end before they begin.",
    "0.1": "Hours begin and end on quarters.",
    "0.2": "Say from when to when.",
  });
});

test("a day grows by a stretch that does not overlap", () => {
  expect(nextStretch([])).toEqual({ start: "09:00", end: "17:00" });
  expect(nextStretch([{ start: "09:00", end: "12:00" }])).toEqual({ start: "13:00", end: "15:00" });
  expect(nextStretch([{ start: "09:00", end: "22:00" }])).toEqual({ start: "23:00", end: "00:00" });
});
