/** A job's rules and the people on it, as questions and commands. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { JobPolicy, UserRef } from "@/api/types";
import { jobQuery } from "@/features/jobs/queries";

const path = (job_id: string) => ({ params: { path: { job_id } } });

export const policyQuery = (jobId: string) =>
  queryOptions({
    queryKey: ["jobs", jobId, "policy"],
    queryFn: () => body(api.GET("/api/jobs/{job_id}/policy", path(jobId))),
    meta: { nouns: ["job"] },
  });

export function useSavePolicy(jobId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rules: { policy: JobPolicy; seen: JobPolicy }) =>
      body(api.PUT("/api/jobs/{job_id}/policy", { ...path(jobId), body: rules })),
    onSuccess: (saved) => client.setQueryData(policyQuery(jobId).queryKey, saved),
    // Somebody else was faster: what they saved is shown beside what is typed here.
    onError: () => client.invalidateQueries({ queryKey: policyQuery(jobId).queryKey }),
  });
}

export function useSetMeetingPlace(jobId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (place: string | null) =>
      body(api.PUT("/api/jobs/{job_id}/meeting-place", { ...path(jobId), body: { place } })),
    onSuccess: (saved) => client.setQueryData(policyQuery(jobId).queryKey, saved),
  });
}

export const poolQuery = (jobId: string) =>
  queryOptions({
    queryKey: ["jobs", jobId, "interviewers"],
    queryFn: () => body(api.GET("/api/jobs/{job_id}/interviewers", path(jobId))),
    meta: { nouns: ["job", "job_member", "hours", "appointment"] },
  });

export function useSetPool(jobId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (set: { user_ids: string[]; seen: string[] }) =>
      body(api.PUT("/api/jobs/{job_id}/interviewers", { ...path(jobId), body: set })),
    onSuccess: (pool) => client.setQueryData(poolQuery(jobId).queryKey, pool),
    onError: () => client.invalidateQueries({ queryKey: poolQuery(jobId).queryKey }),
  });
}

export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: () => body(api.GET("/api/users")),
  meta: { nouns: ["user"] },
});

/** Who works on the job, all of them: whoever is missing is taken off it. */
export function useSetMembers(jobId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (members: readonly UserRef[]) =>
      body(
        api.PUT("/api/jobs/{job_id}/members", {
          ...path(jobId),
          body: { members: members.map(({ id, role }) => ({ user_id: id, role })) },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: poolQuery(jobId).queryKey }),
        client.invalidateQueries({ queryKey: jobQuery(jobId).queryKey }),
      ]),
  });
}
