/** The time left in words; it never threatens. Pure. */
import type { RoomState } from "./messages";

const MINUTE = 60_000;
const STILL: readonly RoomState["phase"][] = ["connecting", "waiting", "paused", "ended"];

/** `sinceMs`: how long ago the state was told. */
export function minutesLeft(room: RoomState, sinceMs: number): string {
  const spent = room.clock_ms + (STILL.includes(room.phase) ? 0 : sinceMs);
  const left = Math.ceil((room.minutes_planned * MINUTE - spent) / MINUTE);
  if (left > 1) return `About ${left} min`;
  return left === 1 ? "About 1 min" : "Take your time";
}
