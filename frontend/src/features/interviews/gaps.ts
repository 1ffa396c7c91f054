/** What is not in a recording, in plain words. Pure. */
import type { Gap, Interview } from "@/api/types";
import { clock, lengthWords } from "@/lib/time";

const REASON: Record<Gap["reason"], string> = {
  paused: "the candidate paused",
  line_away: "nothing arrived; the line was away or the microphone off",
  gateway_lost: "a call server was lost and another took over",
  disk_behind: "it arrived, but could not be stored in time",
  no_picture: "camera off, or the line carried the voice alone",
};

const WHAT: Record<Gap["source"], string> = {
  candidate_audio: "No sound",
  interviewer_audio: "No sound of the interviewer",
  candidate_video: "No picture",
};

export const isVoice = (gap: Gap): boolean => gap.source !== "candidate_video";
/** A pause is no loss: nothing was to be recorded. */
export const isLoss = (gap: Gap): boolean => gap.reason !== "paused";

export function gapsOf(interview: Interview): Gap[] {
  return interview.recording?.gaps ?? [];
}

/** "No sound for 14 s: the candidate paused". */
export function gapWords(gap: Gap): string {
  const what = gap.reason === "paused" && isVoice(gap) ? "Pause of" : `${WHAT[gap.source]} for`;
  return `${what} ${lengthWords(gap.end_ms - gap.start_ms)}: ${REASON[gap.reason]}`;
}

/** "1:05 to 1:19". */
export function gapPlace(gap: Gap): string {
  return `${clock(gap.start_ms)} to ${clock(gap.end_ms)}`;
}

/** How much of the candidate's voice is missing, pauses aside, in ms. */
export function lostMs(interview: Interview): number {
  return gapsOf(interview)
    .filter((gap) => gap.source === "candidate_audio" && isLoss(gap))
    .reduce((sum, gap) => sum + gap.end_ms - gap.start_ms, 0);
}

/** What the candidate's own device added, as "3 s of sound and 20 s of picture"; null: nothing. */
export function filledWords(recording: Interview["recording"]): string | null {
  if (!recording) return null;
  const { filled_ms, picture_filled_ms } = recording;
  const words = [
    filled_ms > 0 && `${lengthWords(filled_ms)} of sound`,
    picture_filled_ms > 0 && `${lengthWords(picture_filled_ms)} of picture`,
  ].filter(Boolean);
  return words.length > 0 ? words.join(" and ") : null;
}
