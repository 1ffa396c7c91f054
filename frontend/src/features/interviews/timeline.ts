/** Where everything of an interview stands on its clock. Pure. */
import type { Interview, Turn } from "@/api/types";

export type Chapter = { id: string; label: string; start: number; end: number };

/** The length of the timeline in ms: the recording's, or as far as anything reaches. */
export function lengthOf(interview: Interview): number {
  const ends = [
    interview.recording?.duration_ms ?? 0,
    interview.live?.recorded_ms ?? 0,
    ...interview.turn_list.map((turn) => turn.end_ms),
    ...interview.segments.map((segment) => segment.end_ms),
  ];
  return Math.max(1000, ...ends);
}

/** One chapter a question, from its first turn to the next question's; the start before them. */
export function chapters(interview: Interview): Chapter[] {
  const end = lengthOf(interview);
  const starts = interview.questions.flatMap((question, index) => {
    const first = interview.turn_list.find((turn) => turn.question_id === question.id);
    return first
      ? [{ id: question.id, label: `${index + 1} ${question.text}`, start: first.start_ms }]
      : [];
  });
  starts.sort((a, b) => a.start - b.start);
  return starts.map((chapter, index) => ({ ...chapter, end: starts[index + 1]?.start ?? end }));
}

/** The turn that is heard at `ms`: the last that has begun. */
export function turnAt(turns: readonly Turn[], ms: number): Turn | undefined {
  return turns.findLast((turn) => turn.start_ms <= ms);
}

const STEPS_S = [5, 10, 15, 30, 60, 120, 300, 600, 900];
const MOST_TICKS = 10;

/** Round places for the axis, at most ten of them. */
export function ticks(lengthMs: number): number[] {
  const step = (STEPS_S.find((s) => lengthMs / (s * 1000) <= MOST_TICKS) ?? 1800) * 1000;
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, index) => index * step);
}
