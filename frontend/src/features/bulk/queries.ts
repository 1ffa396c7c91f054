/** Uploads of many resumes. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { form } from "@/features/jobs/queries";

export const uploadsQuery = (job_id: string) =>
  queryOptions({
    queryKey: ["jobs", job_id, "uploads"],
    queryFn: () => body(api.GET("/api/jobs/{job_id}/uploads", { params: { path: { job_id } } })),
    meta: { nouns: ["bulk_upload"] },
  });

export function useUpload(job_id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (archive: File) =>
      body(
        api.POST("/api/jobs/{job_id}/uploads", {
          params: { path: { job_id } },
          ...form({ archive }),
          body: {} as never,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["jobs"] }),
  });
}
