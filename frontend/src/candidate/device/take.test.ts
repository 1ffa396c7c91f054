import { expect, test } from "vitest";
import { peaksOf } from "./take";

test("each bar is as high as the loudest sample of its part, down or up", () => {
  expect(peaksOf([0, 0.1, -0.9, 0.2, 0, 0], 3)).toEqual([0.1, 0.9, 0]);
});

test("a recording shorter than its bars draws flat ends, not holes", () => {
  expect(peaksOf([0.5], 4)).toHaveLength(4);
  expect(Math.max(...peaksOf([0.5], 4))).toBe(0.5);
});
