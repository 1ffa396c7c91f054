/** Appointments and the times that can be booked, as questions and commands. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { Appointment } from "@/api/types";

const DAY_MS = 86_400_000;
const AHEAD_DAYS = 28;
const BACK_DAYS = 14;

/** The appointments of the asker's jobs; also those behind, of which nobody has told yet. */
export const aheadQuery = queryOptions({
  queryKey: ["appointments"],
  queryFn: () => {
    const now = Date.now();
    const since = new Date(now - BACK_DAYS * DAY_MS).toISOString();
    const until = new Date(now + AHEAD_DAYS * DAY_MS).toISOString();
    return body(api.GET("/api/appointments", { params: { query: { since, until } } }));
  },
  meta: { nouns: ["appointment"] },
});

const path = (application_id: string) => ({ params: { path: { application_id } } });

/** A person's appointments, newest first. */
export const appointmentsQuery = (id: string) =>
  queryOptions({
    queryKey: ["applications", id, "appointments"],
    queryFn: () => body(api.GET("/api/applications/{application_id}/appointments", path(id))),
    meta: { nouns: ["appointment", "application", "interview"] },
  });

/** The times that can be booked for a person now; asked anew each time the list is opened. */
export const slotsQuery = (id: string) =>
  queryOptions({
    queryKey: ["applications", id, "slots"],
    queryFn: () => body(api.GET("/api/applications/{application_id}/slots", path(id))),
    staleTime: 0,
    gcTime: 0,
    meta: { nouns: ["appointment", "hours"] },
  });

/** After a command everything about the person is asked again: the journey may have moved. */
function useHeard(id: string) {
  const client = useQueryClient();
  return (list?: Appointment[]) => {
    if (list) client.setQueryData(appointmentsQuery(id).queryKey, list);
    void client.invalidateQueries({ queryKey: ["applications", id] });
    void client.invalidateQueries({ queryKey: ["appointments"] });
    void client.invalidateQueries({ queryKey: ["jobs"] });
  };
}

export type Wanted = { starts_at: string; interviewer_id: string | null };

/** Book a time for the candidate, or move theirs to it. */
export function useBook(id: string) {
  const heard = useHeard(id);
  return useMutation({
    mutationFn: (wanted: Wanted) =>
      body(
        api.POST("/api/applications/{application_id}/appointments", { ...path(id), body: wanted }),
      ),
    // Also when somebody was faster: the list then shows what is left.
    onSettled: () => heard(),
  });
}

export function useCancelTime(id: string) {
  const heard = useHeard(id);
  return useMutation({
    mutationFn: () =>
      body(api.POST("/api/applications/{application_id}/appointments/cancel", path(id))),
    onSuccess: heard,
  });
}

export function useFindAnother(id: string) {
  const heard = useHeard(id);
  return useMutation({
    mutationFn: () =>
      body(api.POST("/api/applications/{application_id}/appointments/find-another", path(id))),
    onSuccess: heard,
  });
}

/** Have a time looked for and proposed now. */
export function useProposeAgain(id: string) {
  const heard = useHeard(id);
  return useMutation({
    mutationFn: () =>
      body(api.POST("/api/applications/{application_id}/appointments/propose", path(id))),
    onSettled: (list) => heard(list),
  });
}

/** Say where a meeting takes place; null: it is told in another way. */
export function useSetPlace(id: string) {
  const heard = useHeard(id);
  return useMutation({
    mutationFn: (place: string | null) =>
      body(
        api.PUT("/api/applications/{application_id}/appointments/place", {
          ...path(id),
          body: { place },
        }),
      ),
    // Also when its mail waits: the place stands then.
    onSettled: (list) => heard(list),
  });
}

/** Say that a meeting took place, or that the candidate did not come. */
export function useReportMeeting(id: string) {
  const heard = useHeard(id);
  return useMutation({
    mutationFn: ({ interview_id, came }: { interview_id: string; came: boolean }) =>
      body(
        api.POST("/api/interviews/{interview_id}/meeting", {
          params: { path: { interview_id } },
          body: { came },
        }),
      ),
    onSuccess: heard,
  });
}
