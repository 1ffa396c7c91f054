/** What waits for a person. */
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { ReviewRow, Task } from "@/api/types";
import { useMay } from "@/features/auth/queries";

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

/** The queue for the shell and the front page: asked only of whom it is open to. */
export function useReviewQueue(): readonly ReviewRow[] {
  return useQuery({ ...reviewQueueQuery, enabled: useMay("list_reviews") }).data ?? [];
}

/** The open tasks, asked only of whom they are open to. */
export function useTasks(): readonly Task[] {
  return useQuery({ ...tasksQuery, enabled: useMay("list_tasks") }).data ?? [];
}

export function useFinishTask() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (task_id: string) =>
      body(api.POST("/api/tasks/{task_id}/done", { params: { path: { task_id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: tasksQuery.queryKey }),
  });
}
