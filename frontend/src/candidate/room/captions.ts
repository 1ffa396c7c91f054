/** How a turn's words grow on the page. Pure. */
import type { Caption } from "./messages";

export type CaptionLine = {
  seq: number;
  turnId: string;
  turnSeq: number;
  speaker: Caption["speaker"];
  source: Caption["source"];
  text: string;
  /** So many characters stood the same in the last two sendings; what follows may still change. */
  settled: number;
  final: boolean;
  reliable: boolean;
};

/**
 * Put a caption where its turn belongs; older words never replace newer ones.
 *
 * A turn is known by its number in the interview: an amended turn has the number of the old one.
 */
export function withCaption(
  lines: readonly CaptionLine[],
  caption: Caption,
): readonly CaptionLine[] {
  const before = lines.find((line) => line.turnSeq === caption.turn_seq);
  if (before && caption.seq <= before.seq) return lines;
  if (before?.final && !caption.final && before.turnId === caption.turn_id) return lines;
  const line: CaptionLine = {
    seq: caption.seq,
    turnId: caption.turn_id,
    turnSeq: caption.turn_seq,
    speaker: caption.speaker,
    source: caption.source,
    text: caption.text,
    settled: caption.final ? caption.text.length : settledLength(before?.text ?? "", caption.text),
    final: caption.final,
    reliable: caption.reliable,
  };
  const others = lines.filter((one) => one.turnSeq !== caption.turn_seq);
  return [...others, line].sort((a, b) => a.turnSeq - b.turnSeq);
}

/** Length of what both texts begin with, back to the end of a whole word. */
export function settledLength(before: string, after: string): number {
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same += 1;
  const wordEnds = same === after.length || /\s/.test(after[same] ?? "");
  if (wordEnds) return same;
  return after.lastIndexOf(" ", same) + 1;
}
