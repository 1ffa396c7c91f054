import { expect, it } from "vitest";
import { type Quote, rowsOf } from "./quotes";

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

it("puts a quote into the next row where it would cover another", () => {
  const rows = rowsOf([0, 1000, 4000, 6000, 6100].map(at), 100_000);
  expect(rows.map((row) => row.map((quote) => quote.startMs))).toEqual([
    [0, 6000],
    [1000, 6100],
    [4000],
  ]);
});
