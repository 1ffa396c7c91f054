import { describe, expect, test } from "vitest";
import { clock, exactTime, lengthWords, plural, relativeTime, since, span } from "./time";

const now = new Date("2026-11-24T14:05:00Z");

describe("relative time", () => {
  test.each([
    ["2026-11-24T14:04:40Z", "now"],
    ["2026-11-24T14:30:00Z", "in 25 min"],
    ["2026-11-24T13:06:00Z", "59 min ago"],
    ["2026-11-24T10:00:00Z", "4 h ago"],
    ["2026-11-22T14:06:00Z", "47 h ago"],
    ["2026-11-21T14:05:00Z", "3 d ago"],
    ["2026-12-08T14:05:00Z", "in 14 d"],
  ])("%s reads as %s", (at, words) => {
    expect(relativeTime(at, now)).toBe(words);
  });

  test("a wait is told without ago", () => {
    expect(since("2026-11-21T14:05:00Z", now)).toBe("3 d");
  });

  test("a span rounds down, so that no deadline is promised too late", () => {
    expect(span(119 * 60_000)).toBe("1 h");
  });
});

test("the exact time is told in the zone asked for", () => {
  expect(exactTime("2026-11-26T14:05:00Z", "Europe/Lisbon")).toBe("Thu, 26 Nov 2026, 14:05");
  expect(exactTime("2026-11-26T14:05:00Z", "Asia/Tokyo")).toBe("Thu, 26 Nov 2026, 23:05");
});

test.each([
  [0, "0:00"],
  [65_900, "1:05"],
  [3_665_000, "1:01:05"],
  [-5, "0:00"],
])("%d ms on the interview clock is %s", (ms, words) => {
  expect(clock(ms)).toBe(words);
});

test.each([
  [300, "1 s"],
  [14_000, "14 s"],
  [125_000, "2:05 min"],
])("%d ms of silence is %s", (ms, words) => {
  expect(lengthWords(ms)).toBe(words);
});

test("one person is not one people", () => {
  expect([plural(1, "person", "people"), plural(3, "person", "people"), plural(2, "job")]).toEqual([
    "1 person",
    "3 people",
    "2 jobs",
  ]);
});
