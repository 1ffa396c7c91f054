/** Which turns wait for the candidate. Pure. */
import type { TranscriptTurn } from "../api";

/** Answers that may have been misheard and that nobody confirmed or corrected yet. */
export function openTurns(turns: readonly TranscriptTurn[]): TranscriptTurn[] {
  return turns.filter((turn) => turn.speaker === "candidate" && !turn.reliable && !turn.confirmed);
}
