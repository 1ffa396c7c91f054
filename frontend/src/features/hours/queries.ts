/** One's own hours, and what a week would offer, as questions and commands. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { WeeklyHours } from "@/api/types";

export const hoursQuery = queryOptions({
  queryKey: ["hours"],
  queryFn: () => body(api.GET("/api/me/hours")),
  meta: { nouns: ["hours"] },
});

export function useSaveHours() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (hours: WeeklyHours) => body(api.PUT("/api/me/hours", { body: hours })),
    onSuccess: (saved) => client.setQueryData(hoursQuery.queryKey, saved),
  });
}

/** What the week would offer; the answer before stays while the next is worked out. */
export const previewQuery = (hours: WeeklyHours) =>
  queryOptions({
    queryKey: ["hours-preview", hours],
    queryFn: () => body(api.POST("/api/me/hours/preview", { body: hours })),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
    meta: { nouns: ["appointment", "job", "calendar_connection"] },
  });
