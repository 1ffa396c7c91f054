/** The stop switch of the organisation. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { invalidate } from "@/api/events";
import type { components } from "@/api/schema";

export type Stop = components["schemas"]["StopOut"];

export const stopQuery = queryOptions({
  queryKey: ["stop"],
  queryFn: () => body(api.GET("/api/organization/stop")),
  meta: { nouns: ["organization", "interview"] },
});

export function useStop() {
  const heard = useHeard();
  return useMutation({
    mutationFn: (input: { name: string; reason: string }) =>
      body(api.POST("/api/organization/stop", { body: input })),
    onSuccess: heard,
  });
}

export function useResume() {
  const heard = useHeard();
  return useMutation({
    mutationFn: () => body(api.POST("/api/organization/resume")),
    onSuccess: heard,
  });
}

function useHeard() {
  const client = useQueryClient();
  return (stop: Stop) => {
    client.setQueryData(stopQuery.queryKey, stop);
    invalidate(client, "organization");
  };
}
