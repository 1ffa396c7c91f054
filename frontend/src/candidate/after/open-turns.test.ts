import { expect, test } from "vitest";
import type { TranscriptTurn } from "../api";
import { openTurns } from "./open-turns";

const turn = (part: Partial<TranscriptTurn>) =>
  ({ id: "1", speaker: "candidate", reliable: false, confirmed: false, ...part }) as TranscriptTurn;

test("only one's own unreliable words wait, until they are confirmed", () => {
  const waits = turn({ id: "waits" });
  const others = [
    turn({ reliable: true }),
    turn({ confirmed: true }),
    turn({ speaker: "interviewer" }),
  ];
  expect(openTurns([waits, ...others])).toEqual([waits]);
});
