/** What waits for a person. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";

export const reviewQueueQuery = queryOptions({
  queryKey: ["review-queue"],
  queryFn: () => body(api.GET("/api/review-queue")),
  meta: { nouns: ["application", "interview", "mark", "scorecard", "decision"] },
});

export const tasksQuery = queryOptions({
  queryKey: ["tasks"],
  queryFn: () => body(api.GET("/api/tasks")),
  meta: { nouns: ["task", "application"] },
});

export function useFinishTask() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (task_id: string) =>
      body(api.POST("/api/tasks/{task_id}/done", { params: { path: { task_id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: tasksQuery.queryKey }),
  });
}
