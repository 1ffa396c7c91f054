/** The sentence for whoever was a moment later: who decided what, and when. */
import { ApiError } from "@/api/client";
import type { Decided } from "@/api/types";
import { exactTime, relativeTime } from "@/lib/time";
import { DECISION, plain } from "@/lib/words";

/** What stands in the way of a decision or an opinion, and what is safe. */
export function whyNot(error: Error, now: Date): string {
  if (!(error instanceof ApiError)) return "Try again. Nothing left and nothing moved.";
  const decided = error.problem.decided;
  if (decided) return `${fasterSentence(decided, now)} Yours was not taken; nothing was sent.`;
  return WORDS[error.code] ?? `${error.message}. Nothing left and nothing moved.`;
}

export function fasterSentence(decided: Decided, now: Date): string {
  const { verb, past } = DECISION[decided.kind];
  const did = ONLY_PROPOSED.includes(decided.state)
    ? `proposed to ${verb.toLowerCase()} them`
    : `${past} them`;
  const when = `${relativeTime(decided.at, now)} (${exactTime(decided.at)})`;
  const first = `${decided.by.name} ${did} ${when}`;
  if (!decided.second || !decided.verdict) return `${first}.`;
  const said = decided.verdict === "confirm" ? "confirmed it" : "objected";
  return `${first}, and ${decided.second.name} ${said}.`;
}

const ONLY_PROPOSED: readonly Decided["state"][] = ["proposed", "objected"];

const WORDS: Record<string, string> = {
  own_marks_first:
    "Submit your own scorecard of the last interview first. What others think shows after that.",
  second_must_differ: "You made this decision; a second person is needed.",
  nobody_to_confirm:
    "This job asks for a second person, and nobody else on it may decide. Add one to the job first.",
  stage_moved: `${plain("they have moved on since this page was opened")}. Look again, then decide.`,
  temporal_away:
    "It is kept, but the workflow engine is away: press again in a moment. It stays one decision.",
  worker_away:
    "It is kept, but the worker is away: press again in a moment. It stays one decision.",
  review_answered: "Somebody has answered it already. Close this and look at what they said.",
  reviewer_must_differ: "You decided about them; somebody else answers the review.",
  journey_over: "This application is closed. Nothing was sent.",
};
