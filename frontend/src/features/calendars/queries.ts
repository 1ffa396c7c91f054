/** Connections to calendars: one's own, and everybody's health, as questions and commands. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { CalendarIn, OwnCalendar } from "@/api/types";

export const calendarQuery = queryOptions({
  queryKey: ["calendar"],
  queryFn: () => body(api.GET("/api/me/calendar")),
  meta: { nouns: ["calendar_connection", "appointment"] },
});

export const calendarsQuery = queryOptions({
  queryKey: ["calendars"],
  queryFn: () => body(api.GET("/api/calendars")),
  meta: { nouns: ["calendar_connection", "appointment"] },
});

function useHeard() {
  const client = useQueryClient();
  return (own: OwnCalendar) => {
    client.setQueryData(calendarQuery.queryKey, own);
    void client.invalidateQueries({ queryKey: calendarsQuery.queryKey });
    void client.invalidateQueries({ queryKey: ["hours-preview"] });
  };
}

export function useConnect() {
  const onSuccess = useHeard();
  return useMutation({
    mutationFn: (given: CalendarIn) => body(api.PUT("/api/me/calendar", { body: given })),
    onSuccess,
  });
}

export function useCheckCalendar() {
  const onSuccess = useHeard();
  return useMutation({
    mutationFn: () => body(api.POST("/api/me/calendar/check")),
    onSuccess,
  });
}

export function useDisconnect() {
  const onSuccess = useHeard();
  return useMutation({
    mutationFn: () => body(api.POST("/api/me/calendar/disconnect")),
    onSuccess,
  });
}
