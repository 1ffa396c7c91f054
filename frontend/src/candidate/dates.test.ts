import { expect, test } from "vitest";
import { counted, day, firstName, hour, listed } from "./dates";

test("a date is told with its weekday, in the reader's zone", () => {
  expect(day("2026-12-04T23:59:00Z", "Europe/Lisbon")).toBe("Friday 4 December");
  expect(day("2026-12-04T23:59:00Z", "Asia/Tokyo")).toBe("Saturday 5 December");
});

test("an hour names the city whose time it is", () => {
  expect(hour("2026-12-04T23:59:00Z", "Europe/Lisbon")).toBe("23:59, Lisbon time");
  expect(hour("2026-12-04T23:59:00Z", "America/New_York")).toBe("18:59, New York time");
  expect(hour("2026-12-04T23:59:00Z", "UTC")).toBe("23:59 UTC");
});

test("small numbers are words", () => {
  expect([counted(1, "question"), counted(7, "question"), counted(12, "question")]).toEqual([
    "one question",
    "seven questions",
    "12 questions",
  ]);
});

test("names are listed as one says them", () => {
  expect(listed(["Mara", "Tomás", "Ruth"])).toBe("Mara, Tomás and Ruth");
  expect(firstName(" Ada  King ")).toBe("Ada");
});
