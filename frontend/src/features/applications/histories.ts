/** The words for erasing what Temporal holds of an application. */
import type { Erasure } from "./queries";

const STILL = {
  journey_runs:
    "The journey still runs. Its histories can be erased once the application is closed.",
  review_runs: "Another person still looks at the rejection. Its history is needed until then.",
  mail_leaves: "A mail to the candidate has not left yet.",
  interview_runs: "An interview still runs.",
  recording_heals: "Late pieces of a recording are still being added.",
  calendar_waits: "An appointment still has to be changed in a calendar.",
} as const;

/** By the code of why nothing may be erased now. */
export const ERASE_WHY_NOT: Record<string, string> = {
  ...STILL,
  erasing_already: "The histories are being erased. It takes about half a minute.",
};

/** One line of the receipt: who, what, how fast; or why it was not done. */
export function receiptWords(erasure: Erasure): string {
  const who = erasure.asked_by?.name ?? "Somebody";
  if (erasure.refused !== null)
    return `${who} asked for it; nothing was erased. ${ERASE_WHY_NOT[erasure.refused] ?? erasure.refused}`;
  if (erasure.gone_at === null) return `${who} asked for it; under way.`;
  const what = `${count(erasure.workflows, "workflow")}, ${count(erasure.runs, "run")}`;
  return `${who} erased ${what}; nothing was left after ${erasure.seconds} s.`;
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
