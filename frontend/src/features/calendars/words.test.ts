import { expect, test } from "vitest";
import { ApiError } from "@/api/client";
import type { Calendar } from "@/api/types";
import { troubleOf, whyNotConnected } from "./words";

const HEALTHY = { state: "ok", failure_code: null, waiting: 0 } as Calendar;

test("a healthy connection has no trouble, and a revoked one waits for its owner", () => {
  expect(troubleOf(HEALTHY)).toBeNull();
  expect(troubleOf({ ...HEALTHY, waiting: 2 })).toBe("appointments wait to be written there");
  const revoked = { ...HEALTHY, state: "revoked", failure_code: "access_revoked" } as Calendar;
  expect(troubleOf(revoked)).toBe("waits for its owner to connect it again");
});

test("a refusal is a sentence, also one that nobody has words for", () => {
  const known = new ApiError(409, { code: "access_revoked" });
  expect(whyNotConnected(known)).toMatch(/taken back.*Nothing was changed\.$/);
  const strange = new ApiError(422, { code: "odd", detail: "it is odd" });
  expect(whyNotConnected(strange)).toBe("it is odd. Nothing was changed.");
});
