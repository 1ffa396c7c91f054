/** The stream of changes: it carries no data, it only says which questions to ask again. */
import type { QueryClient } from "@tanstack/react-query";
import type { Session } from "./session";

export type Change = { noun: string; id: string };

const WAIT_MS = [1000, 2000, 5000, 10_000, 30_000];

declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: { nouns?: readonly string[] };
  }
}

/** Ask again everything that shows one of these nouns (`meta.nouns` of a query). */
export function invalidate(client: QueryClient, noun: string): void {
  void client.invalidateQueries({ predicate: ({ meta }) => meta?.nouns?.includes(noun) ?? false });
}

/**
 * Follow /api/events until the returned function is called.
 *
 * The browser resumes by itself (Last-Event-ID) after a short cut. When the stream is refused, its
 * cookie has run out: renewing the session sets a new one. After a longer absence everything is
 * asked again, since events may have been missed.
 */
export function follow(client: QueryClient, session: Session): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;

  const open = () => {
    source = new EventSource("/api/events");
    source.onopen = () => {
      if (tries > 0) void client.invalidateQueries();
      tries = 0;
    };
    source.addEventListener("change", heard);
    source.onmessage = heard;
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) again();
    };
  };
  const heard = (event: MessageEvent<string>) => {
    const change = parseChange(event.data);
    if (change) invalidate(client, change.noun);
  };
  const again = () => {
    source?.close();
    const wait = WAIT_MS[Math.min(tries++, WAIT_MS.length - 1)];
    timer = setTimeout(() => {
      session.renew().then((token) => token !== null && open(), again);
    }, wait);
  };

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

export function parseChange(data: string): Change | null {
  try {
    const change: unknown = JSON.parse(data);
    if (typeof change !== "object" || change === null || !("noun" in change)) return null;
    return { noun: String(change.noun), id: "id" in change ? String(change.id) : "" };
  } catch {
    return null;
  }
}
