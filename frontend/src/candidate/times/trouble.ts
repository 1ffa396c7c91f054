/** Why a time was not given, by the API's code. */
import { Refused } from "../api";

export type Trouble = "taken" | "near" | "closed" | "spent" | "changing" | "away";

const CODES: Record<string, Trouble> = {
  slot_taken: "taken",
  too_late: "near",
  not_open: "closed",
  no_free_change: "spent",
  time_changing: "changing",
};

export const troubleOf = (error: unknown): Trouble =>
  (error instanceof Refused && CODES[error.code]) || "away";
