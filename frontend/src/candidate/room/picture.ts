/** What becomes of one's own picture, in a word. Pure. */
import type { View } from "./state";

/**
 * `yours`: nobody else sees it. `recorded`: it goes to the recording.
 * `waits`: nothing is recorded at this moment. `rests`: the line is kept for the voice.
 * `stays`: the long way is the only one, and this browser sends no picture over it.
 */
export type PictureState = "off" | "yours" | "recorded" | "waits" | "rests" | "stays";

const GOING = ["interviewer", "candidate", "thinking", "moment"] as const;

/** True while what one says and shows is recorded, if the line is there. */
export const isGoing = (view: View): boolean =>
  GOING.some((phase) => phase === view.room?.phase) && view.line !== "over";

export function pictureState(view: View): PictureState {
  if (view.picture !== "shared") return view.picture === "local" ? "yours" : "off";
  if (view.sender && !view.sender.agreed) return "yours";
  if (view.voice !== "on" || view.line !== "open" || !isGoing(view) || !view.sender) return "waits";
  if (view.way === "wire" && !view.films) return "stays";
  return view.sender.active ? "recorded" : "rests";
}

export const PICTURE_WORDS: Record<Exclude<PictureState, "off">, string> = {
  yours: "Only you see your picture.",
  recorded: "Your picture is recorded.",
  waits: "Your picture is not recorded now.",
  stays: "Your picture is not recorded: on this network, this browser sends your voice alone.",
  rests: "Your picture rests: the line is kept for your voice.",
};
