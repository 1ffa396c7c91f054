import { expect, test } from "vitest";
import { Anchor } from "./anchor";

const STEP = 20_000;

/** Feed `count` packets, each `late(n)` microseconds late; return the last error. */
function fed(anchor: Anchor, from: number, count: number, late: (n: number) => number): number {
  let error = 0;
  for (let n = from; n < from + count; n += 1)
    error = anchor.place(n * STEP, n * STEP + late(n)) - n * STEP;
  return error;
}

test("a busy page does not move the sound", () => {
  const anchor = new Anchor();
  fed(anchor, 0, 10, () => 5_000);
  expect(fed(anchor, 10, 30, (n) => 5_000 + (n % 3) * 40_000)).toBe(5_000);
});

test("after a sleep the sound is placed where it was spoken", () => {
  const anchor = new Anchor();
  fed(anchor, 0, 50, () => 5_000);
  expect(fed(anchor, 50, 60, () => 3_000_000)).toBe(3_000_000);
});

test("a slow clock is followed", () => {
  const anchor = new Anchor();
  const drift = (n: number) => 5_000 + n * 2;
  expect(Math.abs(fed(anchor, 0, 5_000, drift) - drift(5_000))).toBeLessThan(2_000);
});
