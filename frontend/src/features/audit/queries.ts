/** The audit chain, newest first, and whether it holds. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, body } from "@/api/client";

export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  queryFn: ({ pageParam }) =>
    body(api.GET("/api/audit", { params: { query: { before: pageParam, limit: 50 } } })),
  initialPageParam: undefined as number | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

export const verificationQuery = queryOptions({
  queryKey: ["audit", "verification"],
  queryFn: () => body(api.GET("/api/audit/verification")),
});
