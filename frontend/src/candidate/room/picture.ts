/** What becomes of one's own picture, in a word. Pure. */
import type { View } from "./state";

/**
 * `yours`: nobody else sees it. `recorded`: it goes to the recording.
 * `waits`: nothing is recorded at this moment. `rests`: the line is kept for the voice.
 * `kept`: it does not get through at this moment; this device keeps it for the recording.
 * `stays`: the long way is the only one, and this browser sends no picture over it.
 */
export type PictureState = "off" | "yours" | "recorded" | "waits" | "kept" | "rests" | "stays";

const GOING = ["interviewer", "candidate", "thinking", "moment"] as const;

/** True while what one says and shows is recorded, if the line is there. */
export const isGoing = (view: View): boolean =>
  GOING.some((phase) => phase === view.room?.phase) && view.line !== "over";

/** `kept`: this device keeps the picture at this moment. */
export function pictureState(view: View, kept = false): PictureState {
  if (view.picture === "off") return "off";
  if (view.picture === "local" || view.sender?.agreed === false) return "yours";
  if (!isGoing(view)) return "waits";
  if (view.voice !== "on" || view.line !== "open" || !view.sender) return kept ? "kept" : "waits";
  if (view.way === "wire" && !view.films) return "stays";
  return view.sender.active ? "recorded" : "rests";
}

const ADDED = "This device keeps it and adds it later.";

/** What is said of it; null: nothing. */
export function pictureWords(view: View, kept: boolean): string | null {
  const state = pictureState(view, kept);
  if (state === "off") return null;
  return state === "rests" && kept ? `${WORDS.rests} ${ADDED}` : WORDS[state];
}

const WORDS: Record<Exclude<PictureState, "off">, string> = {
  yours: "Only you see your picture.",
  recorded: "Your picture is recorded.",
  waits: "Your picture is not recorded now.",
  kept: `Your picture does not get through now. ${ADDED}`,
  stays: "Your picture is not recorded: on this network, this browser sends your voice alone.",
  rests: "Your picture rests: the line is kept for your voice.",
};
