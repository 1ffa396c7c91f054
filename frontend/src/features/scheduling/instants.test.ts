import { expect, test } from "vitest";
import { dateIn } from "@/lib/wall-clock";
import { byDay, isSameClock, spanIn, zoneWords } from "./instants";

const span = { starts_at: "2026-11-30T22:30:00Z", ends_at: "2026-11-30T23:15:00Z" };

test("one time is another day elsewhere, and the end may be on the next", () => {
  expect(spanIn(span, "Europe/London")).toBe("Mon 30 Nov, 22:30 to 23:15");
  expect(spanIn(span, "Europe/Berlin")).toBe("Mon 30 Nov, 23:30 to Tue 1 Dec, 00:15");
  expect(spanIn(span, "Asia/Tokyo")).toBe("Tue 1 Dec, 07:30 to 08:15");
});

test("a zone is named by its city and how far it is off then, in summer and winter", () => {
  expect(zoneWords("Europe/Berlin", "2026-11-30T08:00:00Z")).toBe("Berlin, GMT+1");
  expect(zoneWords("Europe/Berlin", "2026-07-01T08:00:00Z")).toBe("Berlin, GMT+2");
  expect(zoneWords("Asia/Kolkata", span.starts_at)).toBe("Kolkata, GMT+5:30");
  expect(zoneWords("UTC", span.starts_at)).toBe("UTC");
});

test("two zones may show the same clock, and only part of the year", () => {
  expect(isSameClock(span.starts_at, "Europe/London", "Europe/Lisbon")).toBe(true);
  expect(isSameClock(span.starts_at, "Europe/London", "UTC")).toBe(true);
  expect(isSameClock("2026-07-01T08:00:00Z", "Europe/London", "UTC")).toBe(false);
});

test("times stand under the day they begin on there", () => {
  const times = ["2026-11-30T14:30:00Z", "2026-11-30T15:30:00Z"].map((starts_at) => ({
    starts_at,
  }));
  expect(byDay(times, "Europe/London").map((day) => day.times.length)).toEqual([2]);
  expect(byDay(times, "Asia/Tokyo").map((day) => [day.label, day.times.length])).toEqual([
    ["Monday 30 November", 1],
    ["Tuesday 1 December", 1],
  ]);
  expect(dateIn("2026-01-01T00:30:00Z", "America/New_York")).toBe("2025-12-31");
});
