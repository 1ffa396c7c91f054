import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import type { Decided } from "@/api/types";
import { fasterSentence, whyNot } from "./faster";

const NOW = new Date("2026-11-28T10:00:00Z");
const LENA = { id: "1", name: "Lena Ferreira", role: "recruiter" } as const;
const OTTO = { id: "2", name: "Otto Blum", role: "hiring_manager" } as const;
const REJECTED: Decided = {
  kind: "reject",
  state: "applied",
  by: LENA,
  at: "2026-11-28T09:58:00Z",
  second: null,
  verdict: null,
};

describe("whoever was a moment later", () => {
  it("is told who decided what and when", () => {
    expect(fasterSentence(REJECTED, NOW)).toMatch(
      /^Lena Ferreira rejected them 2 min ago \(Sat,? 28 Nov 2026, \d\d:58\)\.$/,
    );
  });

  it("is told that a decision only waits for a second person", () => {
    const told = fasterSentence({ ...REJECTED, state: "proposed" }, NOW);
    expect(told).toContain("Lena Ferreira proposed to reject them 2 min ago");
  });

  it("is told what the second person said", () => {
    const objected = { ...REJECTED, state: "objected", second: OTTO, verdict: "object" } as const;
    expect(fasterSentence(objected, NOW)).toMatch(/, and Otto Blum objected\.$/);
  });

  it("is told that nothing of theirs left", () => {
    const error = new ApiError(409, {
      title: "Conflict",
      code: "decided_already",
      decided: REJECTED,
    });
    expect(whyNot(error, NOW)).toMatch(/Yours was not taken; nothing was sent\.$/);
  });

  it("is told what to do about what is missing", () => {
    const error = new ApiError(409, { title: "Conflict", code: "own_marks_first" });
    expect(whyNot(error, NOW)).toContain("Submit your own scorecard");
  });
});
