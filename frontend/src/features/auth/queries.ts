/** Who is asking. */
import { queryOptions } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { Permission } from "@/api/types";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: () => body(api.GET("/api/me")),
  staleTime: Number.POSITIVE_INFINITY,
  meta: { nouns: ["user", "job_member"] },
});

const COOKIES_MS = 8 * 60_000;

/** The short-lived cookies of what cannot send a header: recordings and the stream of changes. */
export const cookiesQuery = queryOptions({
  queryKey: ["cookies"],
  queryFn: async () => {
    await body(api.POST("/api/auth/cookies"));
    return true;
  },
  staleTime: COOKIES_MS,
  refetchInterval: COOKIES_MS,
});

export const may = (permissions: readonly Permission[], wanted: Permission): boolean =>
  permissions.includes(wanted);
