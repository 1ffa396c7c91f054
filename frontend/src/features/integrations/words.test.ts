import { describe, expect, it } from "vitest";
import { answerWord, refusalWord } from "./words";

describe("what came back", () => {
  it("is a status, or what kept one from coming", () => {
    expect(answerWord(204, null)).toBe("204");
    expect(answerWord(302, null)).toBe("302, a redirect");
    expect(answerWord(null, "timed_out")).toBe("No answer within 20 seconds");
    expect(answerWord(null, "something_new")).toBe("something new");
    expect(answerWord(null, null)).toBe("Nothing yet");
  });

  it("has words for an address that is refused, and none for anything else", () => {
    expect(refusalWord("not_https")).toContain("https");
    expect(refusalWord("role_may_not")).toBeNull();
  });
});
