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
  return (
    interview.joined_at !== null && (interview.state === "live" || interview.state === "paused")
  );
}

/** The page that is shown when `asked` is asked for. */
export function pageFor(asked: Page, standing: Standing): Page {
  const { invitation, interview } = standing;
  if (invitation.human_interview && !interview.withdrawn) return "person";
  if (!isOpen(standing)) return "after";
  if (asked === "after" || asked === "person") return "invitation";
  if (asked === "invitation") return asked;
  if (!invitation.may_start && !hasBegun(standing)) return "invitation";
  return invitation.consented ? asked : "agree";
}
