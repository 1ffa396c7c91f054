import { expect, test } from "vitest";
import type { RoomState } from "./messages";
import { minutesLeft } from "./time-left";

const room = (part: Partial<RoomState>) =>
  ({ phase: "candidate", clock_ms: 0, minutes_planned: 20, ...part }) as RoomState;

test("time runs on between two states", () => {
  expect(minutesLeft(room({ clock_ms: 120_000 }), 61_000)).toBe("About 17 min");
});

test("time stands still in a pause", () => {
  expect(minutesLeft(room({ phase: "paused", clock_ms: 120_000 }), 600_000)).toBe("About 18 min");
});

test("whoever takes longer is not told to hurry", () => {
  expect(minutesLeft(room({ clock_ms: 1_300_000 }), 0)).toBe("Take your time");
});
