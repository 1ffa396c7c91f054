import { expect, test } from "vitest";
import type { CriterionCard, Mark, Scorecard } from "@/api/types";
import { agreement, hiddenWords, noTotalWords, totalWords } from "./totals";

const mark = (level: number | null) => ({ level }) as Mark;
const card = (over: Partial<Scorecard>): Scorecard =>
  ({
    criteria: [],
    total: null,
    no_total: null,
    suggested_total: null,
    no_suggested_total: null,
    ...over,
  }) as unknown as Scorecard;

test("a sandbox card says that its marks count in no total", () => {
  const words = noTotalWords(
    card({ no_total: "own_marks_missing", no_suggested_total: "sandbox_marks_do_not_count" }),
  );
  expect(words).toContain("come from the sandbox and count in none");
  expect(totalWords(card({}))).toBeNull();
});

test("a total says how many criteria it rests on", () => {
  expect(totalWords(card({ total: { level: 3.75, marked: 4, of: 4 } }))).toBe(
    "Your total: 3.8 of 5, n = 4 criteria.",
  );
});

test.each([
  [3, 3, "agrees"],
  [3, 5, "differs by 2"],
])("an own %d and a suggested %d: %s", (own, suggested, word) => {
  expect(agreement(mark(own), mark(suggested))?.word).toBe(word);
});

test("who cannot tell neither agrees nor differs", () => {
  expect(agreement(mark(null), mark(3))).toBeNull();
  expect(agreement(mark(3), null)).toBeNull();
});

test("nothing is said to be hidden once one's own mark is stored", () => {
  const one = (own: Mark | null, hidden: number) => ({ own, hidden }) as CriterionCard;
  expect(hiddenWords(one(null, 1))).toBe("1 mark is hidden until you choose yours");
  expect(hiddenWords(one(null, 0))).toBeNull();
  expect(hiddenWords(one(mark(3), 2))).toBeNull();
});
