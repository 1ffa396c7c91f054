/** Which page fits where the interview stands. Pure. */
import type { Page } from "./address";
import type { Invitation, OwnInterview } from "./api";

export type Standing = { invitation: Invitation; interview: OwnInterview };

const BEFORE: readonly OwnInterview["state"][] = ["pending", "ready", "live", "paused"];

/** True while questions can still be answered. */
export function isOpen({ invitation, interview }: Standing): boolean {
  return BEFORE.includes(interview.state) && !interview.withdrawn && !invitation.human_interview;
}

/** True once the first question was reached and the interview can go on. */
export function hasBegun({ interview }: Standing): boolean {
  return interview.joined_at !== null && BEFORE.includes(interview.state);
}

/** True while the organisation has stopped all interviews and this one is not over. */
export function isBrokenOff({ invitation, interview }: Standing): boolean {
  return invitation.stopped && !interview.withdrawn && interview.state !== "finished";
}

/** Why the interview cannot be entered now; null when it can (after agreeing). */
export function closedBy({ invitation }: Standing, now: Date): "stopped" | "early" | "late" | null {
  if (invitation.stopped) return "stopped";
  const { opens_at: opens, open_until: until } = invitation;
  if (opens && new Date(opens) > now) return "early";
  return until && new Date(until) <= now ? "late" : null;
}

/** The page that is shown when `asked` is asked for. */
export function pageFor(asked: Page, standing: Standing, now: Date): Page {
  const { invitation, interview } = standing;
  if (invitation.human_interview && !interview.withdrawn) return "person";
  if (isBrokenOff(standing)) return "invitation";
  if (!isOpen(standing)) return "after";
  if (asked === "invitation" || asked === "after" || asked === "person") return "invitation";
  if (closedBy(standing, now)) return "invitation";
  return invitation.consented ? asked : "agree";
}
