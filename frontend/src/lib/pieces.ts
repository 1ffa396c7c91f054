/** Cuts a text where spans begin and end, so that each piece can be dressed by itself. */

export type Span = { start: number; end: number; id: string };
export type Piece = { start: number; text: string; ids: string[] };

/**
 * The pieces of `text` in order; `ids` are the spans that cover a piece, in the order given.
 *
 * Spans are half-open [start, end) in code points, as the server counts them; JavaScript counts
 * UTF-16 units, so an emoji before a span would shift it by one.
 */
export function pieces(text: string, spans: readonly Span[]): Piece[] {
  const points = [...text];
  const length = points.length;
  const inside = spans
    .map((span) => ({ ...span, start: clamp(span.start, length), end: clamp(span.end, length) }))
    .filter((span) => span.end > span.start);
  const cuts = new Set([0, length, ...inside.flatMap((span) => [span.start, span.end])]);
  const at = [...cuts].sort((a, b) => a - b);
  return at.slice(0, -1).map((start, index) => {
    const end = at[index + 1] ?? length;
    const covering = inside.filter((span) => span.start <= start && end <= span.end);
    return {
      start,
      text: points.slice(start, end).join(""),
      ids: covering.map((span) => span.id),
    };
  });
}

const clamp = (at: number, length: number) => Math.max(0, Math.min(length, at));

export type SpokenWord = { text: string; start_ms: number; end_ms: number };

/** Where the word that is heard at `ms` stands in `text`, or null between words. */
export function wordAt(text: string, words: readonly SpokenWord[], ms: number): Span | null {
  const lower = [...text.toLocaleLowerCase()].join("");
  let from = 0;
  for (const word of words) {
    const found = lower.indexOf(word.text.toLocaleLowerCase(), from);
    if (found < 0) continue;
    from = found + word.text.length;
    if (word.start_ms > ms) return null;
    if (ms < word.end_ms) {
      const start = [...text.slice(0, found)].length;
      return { start, end: start + [...word.text].length, id: "word" };
    }
  }
  return null;
}
