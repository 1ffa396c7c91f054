/** Appointments and the times that can be booked, as questions and commands. */
import { queryOptions } from "@tanstack/react-query";
import { api, body } from "@/api/client";

const DAY_MS = 86_400_000;
const AHEAD_DAYS = 28;

/** The appointments of the asker's jobs, from the day before on: what just was is still of use. */
export const aheadQuery = queryOptions({
  queryKey: ["appointments"],
  queryFn: () => {
    const now = Date.now();
    const since = new Date(now - DAY_MS).toISOString();
    const until = new Date(now + AHEAD_DAYS * DAY_MS).toISOString();
    return body(api.GET("/api/appointments", { params: { query: { since, until } } }));
  },
  meta: { nouns: ["appointment"] },
});
