/** Jobs and their plans, as questions and commands. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { Job, JobPlan, Plan } from "@/api/types";

export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: () => body(api.GET("/api/jobs")),
  meta: { nouns: ["job", "plan", "application"] },
});

const path = (job_id: string) => ({ params: { path: { job_id } } });

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ["jobs", id],
    queryFn: () => body(api.GET("/api/jobs/{job_id}", path(id))),
    meta: { nouns: ["job", "job_member", "application"] },
  });

export const planQuery = (jobId: string) =>
  queryOptions({
    queryKey: ["jobs", jobId, "plan"],
    queryFn: () => body(api.GET("/api/jobs/{job_id}/plan", path(jobId))),
    meta: { nouns: ["plan", "plan_version"] },
  });

export const planVersionQuery = (jobId: string, version: number) =>
  queryOptions({
    queryKey: ["jobs", jobId, "plan", version],
    queryFn: () =>
      body(
        api.GET("/api/jobs/{job_id}/plan/versions/{version}", {
          params: { path: { job_id: jobId, version } },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

export type NewJob = { title: string; description: string };

export function useCreateJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: NewJob): Promise<Job> =>
      body(api.POST("/api/jobs", { body: { ...input, place: { country: "", region: "" } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: jobsQuery.queryKey }),
  });
}

/** Read the text out of an uploaded description; the outcome is typed, also when there is none. */
export function useReadDescription() {
  return useMutation({
    mutationFn: (file: File) =>
      body(api.POST("/api/documents/description", { ...form({ file }), body: {} as never })),
  });
}

/** openapi-fetch sends JSON unless told otherwise; the browser sets the boundary by itself. */
export function form(fields: Record<string, File | string | undefined>) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) data.set(name, value);
  return { bodySerializer: () => data };
}

export function useSaveDraft(jobId: string) {
  const client = useQueryClient();
  const key = planQuery(jobId).queryKey;
  return useMutation({
    mutationFn: (draft: { plan: Plan; revision: number }) =>
      body(api.PUT("/api/jobs/{job_id}/plan/draft", { ...path(jobId), body: draft })),
    onSuccess: (draft) =>
      client.setQueryData<JobPlan>(key, (before) => before && { ...before, draft }),
  });
}

export function usePublish(jobId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (revision: number) =>
      body(api.POST("/api/jobs/{job_id}/plan/publish", { ...path(jobId), body: { revision } })),
    onSuccess: (plan) => {
      client.setQueryData(planQuery(jobId).queryKey, plan);
      void client.invalidateQueries({ queryKey: jobsQuery.queryKey });
    },
  });
}
