/** What the states of an appointment are called. */
import type { Appointment } from "@/api/types";
import type { Tone } from "@/ui";

export const STATE: Record<Appointment["state"], { word: string; tone: Tone }> = {
  held: { word: "Put aside", tone: "attention" },
  booked: { word: "Booked", tone: "good" },
  cancelled: { word: "Cancelled", tone: "line" },
  kept: { word: "Took place", tone: "plain" },
  missed: { word: "Did not come", tone: "trouble" },
};

export const CALENDAR_STATE: Record<Appointment["calendar_state"], string> = {
  none: "",
  pending: "on its way into their calendar",
  written: "in their calendar",
  failed: "not in their calendar: it was refused there",
};

/** What a held time is: proposed to the candidate, or being chosen by them. */
export function stateWord({ state, proposed }: Pick<Appointment, "state" | "proposed">): string {
  return state === "held" && proposed ? "Proposed" : STATE[state].word;
}
