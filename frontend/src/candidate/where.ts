/** Which page fits where the interview stands. Pure. */
import type { Page } from "./address";
import type { Invitation, OwnInterview, Schedule } from "./api";

export type Standing = { invitation: Invitation; interview: OwnInterview; schedule: Schedule };

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

/** True where a person asks the questions: there is no room of ours then. */
export const isWithPerson = ({ interview }: Standing): boolean => interview.kind === "human";

/** True when a time is booked, or one is proposed. */
export const hasTime = ({ schedule }: Standing): boolean =>
  schedule.appointment !== null || schedule.hold?.proposed === true;

/** True while there must be a time first, and none is there. */
export function needsTime(standing: Standing): boolean {
  const { schedule } = standing;
  return schedule.way !== "any_time" && !schedule.appointment && !hasBegun(standing);
}

export type Closed = "stopped" | "early" | "late" | "person" | "no-time" | "soon";

/** True of an interview that ended before it began, while nothing is decided. */
export const hasEndedUnused = ({ interview }: Standing): boolean =>
  interview.state === "cancelled" && interview.joined_at === null && interview.stage === "invited";

/** True where that is because the time of the invitation ran out. */
export const hasRunOut = (standing: Standing, now: Date): boolean =>
  hasEndedUnused(standing) &&
  standing.interview.open_until !== null &&
  new Date(standing.interview.open_until) <= now;

/** Why the interview cannot be entered now; null when it can (after agreeing). */
export function closedBy(standing: Standing, now: Date): Closed | null {
  const { invitation, schedule } = standing;
  if (invitation.stopped) return "stopped";
  const { opens_at: opens, open_until: until } = invitation;
  if (opens && new Date(opens) > now) return "early";
  if (until && new Date(until) <= now) return "late";
  if (isWithPerson(standing)) return "person";
  if (needsTime(standing)) return "no-time";
  const room = schedule.appointment?.room_opens_at;
  return room && new Date(room) > now ? "soon" : null;
}

/** The page about a time that fits, when one is asked for; null when none does. */
function timePage(asked: Page, standing: Standing): Page | null {
  const { appointment, may_choose: may, way } = standing.schedule;
  if (asked === "choose") return may ? "choose" : appointment && "time";
  if (asked !== "time") return null;
  return hasTime(standing) || (may && way === "system_proposes") ? "time" : null;
}

/** The page that is shown when `asked` is asked for. */
export function pageFor(asked: Page, standing: Standing, now: Date): Page {
  const { invitation, interview } = standing;
  const time = timePage(asked, standing);
  if (invitation.human_interview && !interview.withdrawn) return time ?? "person";
  if (isBrokenOff(standing)) return "invitation";
  if (!isOpen(standing)) return "after";
  if (time) return time;
  if (!["agree", "check", "room"].includes(asked)) return "invitation";
  if (closedBy(standing, now)) return "invitation";
  return invitation.consented ? asked : "agree";
}
