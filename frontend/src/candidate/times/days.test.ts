import { expect, test } from "vitest";
import { dateIn } from "@/lib/wall-clock";
import { byDay, dayToShow, dayWords, partsOf, type Slot, weeksOf } from "./days";

const slot = (at: string): Slot => ({
  starts_at: at,
  ends_at: new Date(Date.parse(at) + 45 * 60_000).toISOString(),
});

/** A time every half an hour of these hours of UTC. */
const every30 = (from: string, hours: number): Slot[] =>
  Array.from({ length: hours * 2 }, (_, n) =>
    slot(new Date(Date.parse(from) + n * 30 * 60_000).toISOString()),
  );

test("a time belongs to the day on the candidate's wall, not on ours", () => {
  const at = "2026-11-24T23:30:00Z";
  expect(dateIn(at, "Europe/Lisbon")).toBe("2026-11-24");
  expect(dateIn(at, "Asia/Tokyo")).toBe("2026-11-25");
  expect(dateIn(at, "Pacific/Kiritimati")).toBe("2026-11-25");
  expect(dateIn(at, "Pacific/Pago_Pago")).toBe("2026-11-24");
});

test("where the clocks go back, a day has 25 hours and an hour that comes twice is told apart", () => {
  const days = byDay(every30("2026-10-24T22:00:00Z", 25), "Europe/Berlin");
  expect([...days].map(([key, times]) => [key, times.length])).toEqual([["2026-10-25", 50]]);
  const labels = partsOf(days.get("2026-10-25") ?? [], "Europe/Berlin")
    .flatMap((part) => part.times)
    .map((time) => time.label);
  expect(labels.filter((label) => label.startsWith("02:"))).toEqual([
    "02:00 CEST",
    "02:30 CEST",
    "02:00 CET",
    "02:30 CET",
  ]);
  expect(new Set(labels).size).toBe(50);
});

test("where the clocks go forward, a day has 23 hours and no hour that is not", () => {
  const days = byDay(every30("2026-03-28T23:00:00Z", 24), "Europe/Berlin");
  expect([...days].map(([key, times]) => [key, times.length])).toEqual([
    ["2026-03-29", 46],
    ["2026-03-30", 2],
  ]);
  const labels = partsOf(days.get("2026-03-29") ?? [], "Europe/Berlin").flatMap((part) =>
    part.times.map((time) => time.label),
  );
  expect(labels.some((label) => label.startsWith("02:"))).toBe(false);
});

test("a clock that goes back by half an hour only doubles that half", () => {
  const zone = "Australia/Lord_Howe";
  const day = byDay(every30("2026-04-04T13:00:00Z", 3), zone).get("2026-04-05") ?? [];
  const labels = partsOf(day, zone).flatMap((part) => part.times.map((time) => time.label));
  expect(labels.filter((label) => label.startsWith("01:30"))).toHaveLength(2);
  expect(new Set(labels).size).toBe(labels.length);
});

test("weeks are whole, begin on Monday and are not moved by a change of clocks", () => {
  const days = byDay(
    [slot("2026-10-22T09:00:00Z"), slot("2026-10-26T09:00:00Z"), slot("2026-11-01T23:30:00Z")],
    "Europe/Berlin",
  );
  const weeks = weeksOf(days);
  expect(weeks.map((week) => [week[0]?.key, week[6]?.key])).toEqual([
    ["2026-10-19", "2026-10-25"],
    ["2026-10-26", "2026-11-01"],
    ["2026-11-02", "2026-11-08"],
  ]);
  expect(weeks.flat().filter((day) => day.free > 0)).toEqual([
    { key: "2026-10-22", date: 22, month: "Oct", free: 1 },
    { key: "2026-10-26", date: 26, month: "Oct", free: 1 },
    { key: "2026-11-02", date: 2, month: "Nov", free: 1 },
  ]);
  expect(weeksOf(new Map())).toEqual([]);
  expect(dayWords("2026-11-24")).toBe("Tuesday 24 November");
});

test("the times of a day stand in its morning, afternoon and evening, in order", () => {
  const times = ["17:00", "08:30", "12:00", "16:30"].map((at) => slot(`2026-11-24T${at}:00Z`));
  const day = byDay(times, "UTC").get("2026-11-24") ?? [];
  const parts = partsOf(day, "UTC").map((part) => [part.name, part.times.map((t) => t.label)]);
  expect(parts).toEqual([
    ["Morning", ["08:30"]],
    ["Afternoon", ["12:00", "16:30"]],
    ["Evening", ["17:00"]],
  ]);
});

test("a day whose last time was taken gives way to the next one, and the last to the first", () => {
  const days = new Map([
    ["2026-11-24", 1],
    ["2026-11-26", 1],
  ]);
  expect(dayToShow(days, "2026-11-24")).toBe("2026-11-24");
  expect(dayToShow(days, "2026-11-25")).toBe("2026-11-26");
  expect(dayToShow(days, "2026-11-27")).toBe("2026-11-24");
  expect(dayToShow(days, null)).toBe("2026-11-24");
  expect(dayToShow(new Map(), "2026-11-24")).toBeNull();
});
