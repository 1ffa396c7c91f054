/** What the states and failures of a calendar connection are called. */
import { ApiError } from "@/api/client";
import type { Calendar } from "@/api/types";
import type { Tone } from "@/ui";

export const STATE: Record<Calendar["state"], { word: string; tone: Tone }> = {
  ok: { word: "Connected", tone: "good" },
  revoked: { word: "Access taken back", tone: "trouble" },
};

const REFUSED: Record<string, string> = {
  access_revoked: "Google does not let us in with this: the access was taken back, or never given.",
  calendar_forbidden:
    "Google knows this key, but does not open this calendar for it: the workspace's admin must allow both scopes.",
  calendar_key_unreadable: "This is not the JSON file of a service account.",
  calendar_absent: "Google has no calendar for your address.",
  no_sandbox: "Nobody plays Google here.",
  calendar_away: "Google does not answer now. Try again in a moment.",
  calendar_unreadable: "Google does not say what is taken there. Try again in a moment.",
  token_away: "Google does not answer now. Try again in a moment.",
  rate_limited: "Google asks for fewer requests. Try again in a minute.",
  no_calendar: "No calendar is connected any more.",
};

/** Why a calendar was not connected, and that nothing was kept. */
export function whyNotConnected(error: Error): string {
  const code = error instanceof ApiError ? error.code : "";
  return `${REFUSED[code] ?? `${error.message}.`} Nothing was changed.`;
}

/** What is the matter with a connection, in one word for a table; null when all is well. */
export function troubleOf({ state, failure_code, waiting }: Calendar): string | null {
  if (state === "revoked") return "waits for its owner to connect it again";
  if (failure_code) return REFUSED[failure_code] ?? failure_code.replaceAll("_", " ");
  return waiting > 0 ? "appointments wait to be written there" : null;
}
