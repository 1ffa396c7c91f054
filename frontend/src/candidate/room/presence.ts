/** What the page offers now, from the view and the person's own choices. Pure. */
import type { Phase } from "./messages";
import type { View } from "./state";

export type Presence = {
  /** Known phase, also while the line is being mended; null before the room was seen. */
  phase: Phase | null;
  open: boolean;
  /** Spoken answers are possible. */
  voice: boolean;
  /** The answer box is wanted. */
  writing: boolean;
  /** ... and there is something to answer. */
  answering: boolean;
  mayHold: boolean;
};

type Input = { view: View; microphone: boolean; typing: boolean };

export function presence({ view, microphone, typing }: Input): Presence {
  const open = view.line === "open";
  const phase = open || view.line === "lost" ? (view.room?.phase ?? null) : null;
  const voice = microphone && view.voice !== "failed";
  const writing = typing || !!view.room?.typed_only || view.interviewerAway;
  const going = phase !== null && phase !== "waiting" && phase !== "paused";
  return {
    phase,
    open,
    voice,
    writing,
    answering: going && writing,
    mayHold: open && voice && going,
  };
}
