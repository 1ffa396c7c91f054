import { expect, test } from "vitest";
import { problemOf } from "./link-problem";

test.each([
  [410, "link_used", "used"],
  [410, "link_expired", "expired"],
  [410, "link_revoked", "replaced"],
  [410, "gone", "used"],
  [404, "not_found", "altered"],
  [422, "invalid", "altered"],
  [429, "too_many", "busy"],
  [503, "unavailable", "away"],
] as const)("a %d with %s is told as %s", (status, code, problem) => {
  expect(problemOf({ status, code })).toBe(problem);
});

test("no answer at all does not blame the link", () => {
  expect(problemOf(null)).toBe("away");
});
