/** Many people at once: archives of resumes, and lists. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { form } from "@/features/jobs/queries";

const path = (job_id: string) => ({ params: { path: { job_id } } });

export const uploadsQuery = (job_id: string) =>
  queryOptions({
    queryKey: ["jobs", job_id, "uploads"],
    queryFn: () => body(api.GET("/api/jobs/{job_id}/uploads", path(job_id))),
    meta: { nouns: ["bulk_upload"] },
  });

/** An archive that somebody chose; `sent_as` stays the same however often it is sent. */
export type ChosenArchive = { archive: File; sent_as: string };

export function useUpload(job_id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (archive: ChosenArchive) =>
      body(
        api.POST("/api/jobs/{job_id}/uploads", {
          ...path(job_id),
          ...form(archive),
          body: {} as never,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["jobs"] }),
  });
}

/** A list that somebody chose; `sent_as` stays the same however often it is sent. */
export type ChosenList = { people: File; sent_as: string };

export function useListPreview(job_id: string) {
  return useMutation({
    mutationFn: ({ people }: ChosenList) =>
      body(
        api.POST("/api/jobs/{job_id}/lists/preview", {
          ...path(job_id),
          ...form({ people }),
          body: {} as never,
        }),
      ),
  });
}

export function useAddList(job_id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (list: ChosenList) =>
      body(
        api.POST("/api/jobs/{job_id}/lists", {
          ...path(job_id),
          ...form(list),
          body: {} as never,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["jobs"] }),
  });
}
