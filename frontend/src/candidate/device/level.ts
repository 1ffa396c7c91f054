/** How loud a microphone is, as a number of bars. Pure. */

const FLOOR_DB = -60;
const CEILING_DB = -6;
const QUIET = 0.3;
const LOUD = 0.95;

/** Loudness of samples in -1..1 as dB below full scale; silence is `-Infinity`. */
export function decibels(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at += 1) sum += (samples[at] ?? 0) ** 2;
  return samples.length ? 10 * Math.log10(sum / samples.length) : Number.NEGATIVE_INFINITY;
}

/** 0 (nothing) to 1 (too loud), even steps for the ear: -60 dB to -6 dB. */
export function loudness(db: number): number {
  return Math.min(1, Math.max(0, (db - FLOOR_DB) / (CEILING_DB - FLOOR_DB)));
}

/** Up at once, down slowly: the eye can follow. */
export function smoothed(before: number, now: number, fall = 0.06): number {
  return now >= before ? now : Math.max(now, before - fall);
}

export type LevelWord = "Nothing yet" | "Quiet" | "Good" | "Loud";

export function levelWord(level: number): LevelWord {
  if (level < 0.08) return "Nothing yet";
  if (level < QUIET) return "Quiet";
  return level > LOUD ? "Loud" : "Good";
}

/** How many of `bars` are lit. */
export const litBars = (level: number, bars: number): number => Math.round(level * bars);
