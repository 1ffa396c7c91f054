/** The second pair of eyes, and reviews that candidates asked for. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { components } from "@/api/schema";

export type Verdict = components["schemas"]["Verdict"];
type Opinion = { decisionId: string; verdict: Verdict; reason: string };

export function useOpinion(application_id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ decisionId: decision_id, ...said }: Opinion) =>
      body(
        api.POST("/api/applications/{application_id}/decisions/{decision_id}/opinion", {
          params: { path: { application_id, decision_id } },
          body: said,
        }),
      ),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["applications", application_id] });
      void client.invalidateQueries({ queryKey: ["review-queue"] });
      void client.invalidateQueries({ queryKey: ["jobs"] });
    },
  });
}

export type ReviewAnswer = components["schemas"]["ReviewAnswer"];

export const reviewsQuery = (application_id: string) =>
  queryOptions({
    queryKey: ["applications", application_id, "reviews"],
    queryFn: () =>
      body(
        api.GET("/api/applications/{application_id}/reviews", {
          params: { path: { application_id } },
        }),
      ),
    meta: { nouns: ["human_review"] },
  });

export function useAnswerReview(application_id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (said: { answer: ReviewAnswer; reason: string }) =>
      body(
        api.POST("/api/applications/{application_id}/reviews/answer", {
          params: { path: { application_id } },
          body: said,
        }),
      ),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["applications", application_id] });
      void client.invalidateQueries({ queryKey: ["tasks"] });
    },
  });
}
