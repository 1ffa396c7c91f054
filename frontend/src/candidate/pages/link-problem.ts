/** Why a link did not open, in words: what happened, what is safe, what to do. Pure. */
import type { Refused } from "../api";

export type LinkProblem = "used" | "expired" | "replaced" | "altered" | "busy" | "away";

/** `refused` is null when no answer came at all. */
export function problemOf(refused: Pick<Refused, "status" | "code"> | null): LinkProblem {
  if (!refused || refused.status >= 500) return "away";
  if (refused.status === 429) return "busy";
  if (/expired/.test(refused.code)) return "expired";
  if (/replaced|revoked/.test(refused.code)) return "replaced";
  return refused.status === 410 ? "used" : "altered";
}

const ASK = "Write to the person named in your invitation e-mail and ask for a new link.";

export const PROBLEMS: Record<LinkProblem, { title: string; text: string[]; retry?: true }> = {
  used: {
    title: "This link was used already",
    text: [
      "Each link opens the invitation once, in one browser. If that was you, go back to that browser: you are still signed in there, and can make a link for this device there.",
      "Your invitation and everything you said are safe.",
      `If you cannot go back, or if it was not you: ${ASK.charAt(0).toLowerCase()}${ASK.slice(1)}`,
    ],
  },
  expired: {
    title: "This link is no longer valid",
    text: [
      "The time for which the link was open is over. Nobody has decided anything because of that.",
      ASK,
    ],
  },
  replaced: {
    title: "There is a newer link for you",
    text: [
      "A newer invitation was sent to you, and only the newest link works.",
      "Look for the latest e-mail and open the link in it. Nothing is lost.",
    ],
  },
  altered: {
    title: "This link is not complete",
    text: [
      "We do not know this link. Perhaps a part of it was lost when it was copied.",
      "Open the link from the e-mail itself, or copy all of it. Your invitation is safe.",
    ],
  },
  busy: {
    title: "Too many tries in a short time",
    text: ["To keep links safe we ask for a short break. Wait a minute, then try again."],
    retry: true,
  },
  away: {
    title: "We cannot open the link right now",
    text: [
      "The line to our side is interrupted. The link was not used up.",
      "Wait a moment, then try again.",
    ],
    retry: true,
  },
};
