/** What scopes, events and failures are called. */
import type { ApiScope, DeliveryState, HookEvent } from "@/api/types";
import type { Tone } from "@/ui";

export const SCOPES: Record<ApiScope, string> = {
  "jobs:read": "See the jobs",
  "applications:read": "See where applications stand",
  "applications:write": "Send applications and withdraw them",
};

export const EVENTS: Record<Exclude<HookEvent, "webhook.test">, string> = {
  "application.created": "An application came in",
  "application.stage_changed": "An application moved to another stage",
  "application.decided": "A person decided",
  "interview.finished": "An interview was finished",
  "scorecard.ready": "A scorecard is ready to review",
};

export const STATES: Record<DeliveryState, { word: string; tone: Tone }> = {
  pending: { word: "On its way", tone: "info" },
  delivered: { word: "Delivered", tone: "good" },
  failed: { word: "Given up", tone: "trouble" },
};

const TROUBLE: Record<string, string> = {
  timed_out: "No answer within 20 seconds",
  unreachable: "Nobody listens there",
  no_such_name: "The name does not resolve",
  line_broke: "The line broke",
  address_refused: "The address is not on the internet",
  not_https: "The address is not https",
  switched_off: "The webhook was off",
};

/** What came back last: a status, or what kept one from coming. */
export function answerWord(status: number | null, error: string | null): string {
  if (status !== null) return status >= 300 && status < 400 ? `${status}, a redirect` : `${status}`;
  if (error === null) return "Nothing yet";
  return TROUBLE[error] ?? error.replaceAll("_", " ");
}

const REFUSED: Record<string, string> = {
  not_https: "Webhooks go to https addresses only.",
  address_refused: "This address is not on the internet. Webhooks do not go inside a network.",
  bad_url: "This is not an address a webhook can go to.",
};

/** Why an address was refused, or null when it was something else. */
export const refusalWord = (code: string): string | null => REFUSED[code] ?? null;
