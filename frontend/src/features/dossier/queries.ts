/** Dossiers of rejections. */
import { queryOptions } from "@tanstack/react-query";
import { api, body } from "@/api/client";

export const dossiersQuery = (application_id: string) =>
  queryOptions({
    queryKey: ["applications", application_id, "dossiers"],
    queryFn: () =>
      body(
        api.GET("/api/applications/{application_id}/dossiers", {
          params: { path: { application_id } },
        }),
      ),
    meta: { nouns: ["decision"] },
  });
