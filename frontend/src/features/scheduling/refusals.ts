/** Why a time could not be booked, moved or given up, and what to do then. */
import { ApiError } from "@/api/client";

const WORDS: Record<string, string> = {
  slot_taken:
    "This time is no longer free: somebody was faster, or a calendar says it is taken. The list is fresh again; choose another.",
  too_late: "This time is too near, or past already. Choose a later one.",
  hold_expired: "It was put aside for too long. Choose it again.",
  time_changing: "Their time is being changed this very moment. Look again, then decide.",
  not_open: "This interview is not open any more. Look again at where they stand.",
  nothing_booked: "There is no time to give up any more. Look again.",
  no_free_change: "They have no new date left. You can still book one for them.",
  no_meeting: "No meeting is on: it has not begun yet, or it is over for us already.",
  reported_already: "A colleague has said otherwise already. What they said stands.",
  no_time_found:
    "No interviewer has a time that fits. Look at their hours and calendars, or book a time yourself.",
  not_proposing: "When they were invited, this job had candidates choose a time themselves.",
  time_stands: "A time is proposed or booked already. Look again.",
  journey_over: "This application is closed.",
  temporal_away: "The workflow engine is away: try again in a moment. It stays one appointment.",
  worker_away: "The worker is away: try again in a moment. It stays one appointment.",
};

export function whyNoTime(error: Error): string {
  const code = error instanceof ApiError ? error.code : "";
  return WORDS[code] ?? `${error.message}. Nothing was changed.`;
}
