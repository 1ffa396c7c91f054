/** Who is asking. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { Permission } from "@/api/types";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: () => body(api.GET("/api/me")),
  staleTime: Number.POSITIVE_INFINITY,
  meta: { nouns: ["user", "job_member", "organization"] },
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

/** Whether the asker may do this at least somewhere; false until it is known. */
export function useMay(wanted: Permission): boolean {
  return useQuery(meQuery).data?.permissions.includes(wanted) ?? false;
}
