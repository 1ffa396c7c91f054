/** Why a time was not given, by the API's code. */
import { Refused } from "../api";

export type Trouble = "taken" | "near" | "closed" | "spent" | "changing" | "gone" | "away";

const CODES: Record<string, Trouble> = {
  slot_taken: "taken",
  too_late: "near",
  not_open: "closed",
  no_free_change: "spent",
  time_changing: "changing",
  hold_expired: "gone",
  nothing_booked: "gone",
  journey_over: "closed",
};

export const troubleOf = (error: unknown): Trouble =>
  (error instanceof Refused && CODES[error.code]) || "away";
