import { expect, test } from "vitest";
import { connectionWord, signFor } from "./sign";
import { START, type View } from "./state";

const view = (part: object, phase = "candidate"): View =>
  ({ ...START, line: "open", room: { phase }, ...part }) as View;

const sign = (of: View, more: Partial<Parameters<typeof signFor>[0]> = {}) =>
  signFor({ view: of, held: false, typing: false, keptUntil: null, ...more });

test("every phase has its own word or hint, and its own shape or tint", () => {
  const phases = [
    "connecting",
    "waiting",
    "interviewer",
    "candidate",
    "thinking",
    "moment",
    "paused",
  ];
  const signs = phases.map((phase) => sign(view({}, phase)));
  expect(new Set(signs.map((one) => one.word + one.hint)).size).toBe(phases.length);
});

test("a lost line is said at once and blames nobody", () => {
  const lost = sign(view({ line: "lost" }, "interviewer"));
  expect(lost.word).toBe("Line interrupted");
  expect(lost.hint).toContain("Not your fault");
});

test("a pause names the day until which the place is kept, if there is one", () => {
  expect(sign(view({}, "paused"), { keptUntil: "Friday 4 December" }).hint).toContain(
    "until Friday 4 December",
  );
  expect(sign(view({}, "paused")).hint).not.toContain("until");
});

test("whoever types is not asked to speak", () => {
  expect(sign(view({}), { typing: true }).hint).toContain("Type");
});

test("the connection is one word", () => {
  expect(connectionWord(view({})).word).toBe("good");
  expect(connectionWord(view({ weak: true }))).toEqual({ word: "weak", trouble: true });
  expect(connectionWord(view({ line: "lost" })).word).toBe("interrupted");
  expect(connectionWord(START).word).toBe("opening");
});
