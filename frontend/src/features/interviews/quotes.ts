/** Every quote a scorecard shows, by criterion, in the order they are heard. */
import type { Scorecard } from "@/api/types";
import { letter } from "@/features/plan/draft";

export type Quote = {
  id: string;
  letter: string;
  criterionId: string;
  turnId: string;
  turnVersion: number;
  start: number;
  end: number;
  startMs: number;
  endMs: number;
  text: string;
};

export function quotesOf(card: Scorecard): Quote[] {
  return card.criteria
    .flatMap(({ criterion, own, suggested, others }, index) =>
      [own, suggested, ...others].flatMap((mark) =>
        (mark?.evidence ?? []).map((one) => ({
          id: `${mark?.id} ${one.turn_id} ${one.start_char}`,
          letter: letter(index),
          criterionId: criterion.id,
          turnId: one.turn_id,
          turnVersion: one.turn_version,
          start: one.start_char,
          end: one.end_char,
          startMs: one.start_ms,
          endMs: one.end_ms,
          text: one.quote,
        })),
      ),
    )
    .toSorted((a, b) => a.startMs - b.startMs);
}

/** A button of 24 px on the narrowest timeline that shows quotes (480 px), in parts of its length. */
const APART = 0.05;

/** The quotes by the mark they stand under: in one row, so far apart that each can be hit. */
export function marksOf(quotes: readonly Quote[], lengthMs: number): [Quote, ...Quote[]][] {
  const marks: [Quote, ...Quote[]][] = [];
  for (const quote of quotes) {
    const last = marks.at(-1);
    if (last && quote.startMs - last[0].startMs < APART * lengthMs) last.push(quote);
    else marks.push([quote]);
  }
  return marks;
}
