import { expect, test } from "vitest";
import { presence } from "./presence";
import { START, type View } from "./state";

const view = (part: object, phase = "candidate"): View =>
  ({ ...START, line: "open", room: { phase, typed_only: false }, ...part }) as View;

test("without a microphone there is nothing to hold, and typing stays possible", () => {
  const now = presence({ view: view({}), microphone: false, typing: true });
  expect(now).toMatchObject({ voice: false, mayHold: false, answering: true });
});

test("the box opens by itself when the interviewer's voice is away", () => {
  const now = presence({ view: view({ interviewerAway: true }), microphone: true, typing: false });
  expect(now.answering).toBe(true);
});

test("a lost line keeps the box open, so that nothing typed is lost", () => {
  const now = presence({ view: view({ line: "lost" }), microphone: true, typing: true });
  expect(now).toMatchObject({ answering: true, open: false, phase: "candidate", mayHold: false });
});

test.each(["waiting", "paused"])("nothing is answered while the room is %s", (phase) => {
  const now = presence({ view: view({}, phase), microphone: true, typing: true });
  expect(now).toMatchObject({ answering: false, mayHold: false });
});
