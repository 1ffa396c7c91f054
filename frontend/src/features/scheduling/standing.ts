/** What stands with the time of a candidate's interview, out of their appointments. Pure. */
import type { Appointment } from "@/api/types";

export type Standing =
  | { is: "none" }
  | { is: "booked" | "begun" | "proposed" | "choosing"; time: Appointment }
  /** The last time is over, and nothing new stands. */
  | { is: "kept" | "missed"; time: Appointment };

/**
 * The live time of the newest round, or what became of its last one.
 *
 * `list` comes newest first; a cancelled time says nothing about where they stand.
 */
export function standingOf(list: readonly Appointment[], now: Date): Standing {
  const live = list.find(({ state }) => state === "booked" || state === "held");
  if (live?.state === "booked") {
    const begun = new Date(live.starts_at) <= now;
    return { is: begun ? "begun" : "booked", time: live };
  }
  if (live) return { is: live.proposed ? "proposed" : "choosing", time: live };
  const round = Math.max(0, ...list.map(({ round_no }) => round_no));
  const over = list.find(
    ({ state, round_no }) => round_no === round && (state === "kept" || state === "missed"),
  );
  if (!over) return { is: "none" };
  return { is: over.state === "kept" ? "kept" : "missed", time: over };
}

const DAY_MS = 86_400_000;

/** Whether a list of what is ahead shows it: what just was, and what nobody has told of yet. */
export function isOfUse({ state, ends_at }: Appointment, now: Date): boolean {
  if (state === "cancelled") return false;
  return state === "booked" || new Date(ends_at).getTime() > now.getTime() - DAY_MS;
}

/** Whether a person met the candidate, or should have, and has not said how it went. */
export function isUntold({ state, starts_at, interviewer }: Appointment, now: Date): boolean {
  return state === "booked" && interviewer !== null && new Date(starts_at) <= now;
}

/** Times that are over or given up, apart from the one that is shown large. */
export function earlier(list: readonly Appointment[], standing: Standing): Appointment[] {
  const shown = standing.is === "none" ? null : standing.time.id;
  return list.filter(({ id }) => id !== shown);
}
