import { expect, test } from "vitest";
import type { Interview, Turn } from "@/api/types";
import { chapters, lengthOf, ticks, turnAt } from "./timeline";

const turn = (start_ms: number, end_ms: number, question_id: string | null): Turn =>
  ({ id: String(start_ms), start_ms, end_ms, question_id }) as Turn;

const interview = {
  questions: [
    { id: "q1", text: "One" },
    { id: "q2", text: "Two" },
    { id: "never", text: "Not reached" },
  ],
  turn_list: [
    turn(0, 4000, null),
    turn(5000, 9000, "q1"),
    turn(10_000, 20_000, "q1"),
    turn(21_000, 30_000, "q2"),
  ],
  segments: [{ end_ms: 31_000 }],
  recording: null,
} as unknown as Interview;

test("without a recording the timeline is as long as what was kept", () => {
  expect(lengthOf(interview)).toBe(31_000);
  expect(lengthOf({ ...interview, recording: { duration_ms: 40_000 } } as Interview)).toBe(40_000);
});

test("a question's chapter ends where the next begins; one that was not reached has none", () => {
  expect(chapters(interview)).toEqual([
    { id: "q1", label: "1 One", start: 5000, end: 21_000 },
    { id: "q2", label: "2 Two", start: 21_000, end: 31_000 },
  ]);
});

test("between two turns the one before is still the one being read", () => {
  expect(turnAt(interview.turn_list, 9500)?.start_ms).toBe(5000);
  expect(turnAt(interview.turn_list, 10_000)?.start_ms).toBe(10_000);
  expect(turnAt([], 5)).toBeUndefined();
});

test.each([
  [45_000, 5000, 10],
  [2_829_000, 300_000, 10],
  [1000, 5000, 1],
])("an axis of %d ms has steps of %d", (length, step, count) => {
  const places = ticks(length);
  expect(places).toHaveLength(count);
  expect(places[1] ?? step).toBe(step);
});
