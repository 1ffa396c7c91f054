/** Keys of other systems, webhooks and their log, as questions and commands. */
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { ApiScope, DeliveryState, HookEvent } from "@/api/types";

export const keysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: () => body(api.GET("/api/api-keys")),
  meta: { nouns: ["api_key"] },
});

export const webhooksQuery = queryOptions({
  queryKey: ["webhooks"],
  queryFn: () => body(api.GET("/api/webhooks")),
  meta: { nouns: ["webhook_endpoint", "webhook_delivery"] },
});

export type LogFilter = { webhook_id?: string | undefined; state?: DeliveryState | undefined };

export const deliveriesQuery = (filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: ["webhook-deliveries", filter],
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/api/webhook-deliveries", {
          params: { query: { ...filter, cursor: pageParam, limit: 25 } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    meta: { nouns: ["webhook_delivery"] },
  });

export const deliveryQuery = (delivery_id: string) =>
  queryOptions({
    queryKey: ["webhook-deliveries", "one", delivery_id],
    queryFn: () =>
      body(api.GET("/api/webhook-deliveries/{delivery_id}", { params: { path: { delivery_id } } })),
    meta: { nouns: ["webhook_delivery"] },
  });

export type NewKey = { name: string; scopes: ApiScope[]; days: number | null };

export function useMakeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: NewKey) => body(api.POST("/api/api-keys", { body: key })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["api-keys"] }),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (api_key_id: string) =>
      body(api.POST("/api/api-keys/{api_key_id}/revoke", { params: { path: { api_key_id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["api-keys"] }),
  });
}

/** A webhook and its log are asked again after a command. */
function useSettled() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ["webhooks"] });
    void client.invalidateQueries({ queryKey: ["webhook-deliveries"] });
  };
}

export type NewWebhook = { url: string; events: HookEvent[] };

export function useAddWebhook() {
  const onSuccess = useSettled();
  return useMutation({
    mutationFn: (webhook: NewWebhook) => body(api.POST("/api/webhooks", { body: webhook })),
    onSuccess,
  });
}

const path = (webhook_id: string) => ({ params: { path: { webhook_id } } });

export function useSwitchWebhook() {
  const onSuccess = useSettled();
  return useMutation({
    mutationFn: ({ id, on }: { id: string; on: boolean }) =>
      body(
        on
          ? api.POST("/api/webhooks/{webhook_id}/enable", path(id))
          : api.POST("/api/webhooks/{webhook_id}/disable", path(id)),
      ),
    onSuccess,
  });
}

export function useRotateSecret() {
  const onSuccess = useSettled();
  return useMutation({
    mutationFn: (id: string) => body(api.POST("/api/webhooks/{webhook_id}/rotate", path(id))),
    onSuccess,
  });
}

export function useTestWebhook() {
  const onSuccess = useSettled();
  return useMutation({
    mutationFn: (id: string) => body(api.POST("/api/webhooks/{webhook_id}/test", path(id))),
    onSuccess,
  });
}

export function useSendAgain() {
  const onSuccess = useSettled();
  return useMutation({
    mutationFn: (delivery_id: string) =>
      body(
        api.POST("/api/webhook-deliveries/{delivery_id}/redeliver", {
          params: { path: { delivery_id } },
        }),
      ),
    onSuccess,
  });
}
