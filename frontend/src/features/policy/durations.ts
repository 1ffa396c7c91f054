/** Lengths of time as people type them: an amount and a unit, whole seconds behind them. */

export type Unit = "min" | "h" | "d";
export type Length = { amount: string; unit: Unit };

export const UNITS: readonly Unit[] = ["min", "h", "d"];

const SECONDS: Record<Unit, number> = { min: 60, h: 3600, d: 86_400 };
const WORD: Record<Unit, [string, string]> = {
  min: ["minute", "minutes"],
  h: ["hour", "hours"],
  d: ["day", "days"],
};

/** The name of a unit for a list of units. */
export const unitWord = (unit: Unit): string => WORD[unit][1];

/** Seconds in the largest unit that holds them whole: 5400 is 90 minutes, 86400 is 1 day. */
export function lengthOf(seconds: number): Length {
  const unit = [...UNITS].reverse().find((one) => seconds >= SECONDS[one] && fits(seconds, one));
  if (unit) return { amount: String(seconds / SECONDS[unit]), unit };
  return { amount: String(Number((seconds / 60).toFixed(2))), unit: "min" };
}

const fits = (seconds: number, unit: Unit): boolean => seconds % SECONDS[unit] === 0;

/** The seconds that were typed; null for what is no number. A comma is a point. */
export function secondsOf({ amount, unit }: Length): number | null {
  const text = amount.trim().replace(",", ".");
  if (!/^\d+(\.\d+)?$/.test(text)) return null;
  return Math.round(Number(text) * SECONDS[unit]);
}

/** "45 minutes", "1 day", "none" for nothing at all. */
export function durationWords(seconds: number): string {
  if (seconds === 0) return "none";
  const { amount, unit } = lengthOf(seconds);
  return `${amount} ${WORD[unit][amount === "1" ? 0 : 1]}`;
}

/** "5 days": a length to the nearest day, under two days to the nearest hour, then minute. */
export function roughWords(seconds: number): string {
  const unit = seconds >= 2 * SECONDS.d ? "d" : seconds >= 2 * SECONDS.h ? "h" : "min";
  return durationWords(Math.round(seconds / SECONDS[unit]) * SECONDS[unit]);
}
