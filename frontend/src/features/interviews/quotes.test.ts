import { expect, it } from "vitest";
import { marksOf, type Quote } from "./quotes";

const at = (startMs: number): Quote => ({
  id: `${startMs}`,
  letter: "A",
  criterionId: "c",
  turnId: "t",
  turnVersion: 1,
  start: 0,
  end: 1,
  startMs,
  endMs: startMs + 1000,
  text: "so",
});

it("gives quotes that would cover each other one mark", () => {
  const marks = marksOf([0, 1000, 4000, 6000, 6100].map(at), 100_000);
  expect(marks.map((mark) => mark.map((quote) => quote.startMs))).toEqual([
    [0, 1000, 4000],
    [6000, 6100],
  ]);
});

it("keeps to one row however short the interview and however many the quotes", () => {
  const marks = marksOf(
    Array.from({ length: 60 }, (_, second) => at(second * 1000)),
    60_000,
  );
  expect(marks.length).toBeLessThanOrEqual(20);
  expect(marks.flat()).toHaveLength(60);
});
