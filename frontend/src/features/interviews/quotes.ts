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

/** The quotes in as few rows as let each be hit: in a row none covers another. */
export function rowsOf(quotes: readonly Quote[], lengthMs: number): Quote[][] {
  const rows: Quote[][] = [];
  for (const quote of quotes) {
    const free = rows.find((row) => quote.startMs - (row.at(-1)?.startMs ?? 0) >= APART * lengthMs);
    if (free) free.push(quote);
    else rows.push([quote]);
  }
  return rows;
}
