/** The stop switch of the organisation, and whether its journeys agree with the database. */
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

export type Journeys = components["schemas"]["JourneysOut"];
export type Difference = Journeys["differences"][number];

export const journeysQuery = queryOptions({
  queryKey: ["journeys"],
  queryFn: () => body(api.GET("/api/organization/journeys")),
  meta: { nouns: ["application"] },
  staleTime: 30_000,
});

export function useStartMissing() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (application_id: string) =>
      body(
        api.POST("/api/organization/journeys/{application_id}/start", {
          params: { path: { application_id } },
        }),
      ),
    onSuccess: (journeys) => client.setQueryData(journeysQuery.queryKey, journeys),
  });
}

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
