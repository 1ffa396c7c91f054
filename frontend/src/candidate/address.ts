/** Where we are: a path under /c/, and a link's secret in the fragment that is read once. */
import { useSyncExternalStore } from "react";

export type Page =
  | "invitation"
  | "choose"
  | "time"
  | "agree"
  | "check"
  | "room"
  | "after"
  | "person";

const PATHS: Record<Page, string> = {
  invitation: "/c/",
  choose: "/c/choose",
  time: "/c/time",
  agree: "/c/agree",
  check: "/c/check",
  room: "/c/room",
  after: "/c/after",
  person: "/c/person",
};

/** Fragments that are places on a page, not secrets. */
const ANCHORS = new Set(["main", "help", "question"]);

/** Page of a path; everything unknown under /c/ is the invitation. */
export function pageOf(path: string): Page {
  const clean = path.replace(/\/+$/, "");
  const found = (Object.keys(PATHS) as Page[]).find((page) => PATHS[page] === clean);
  return found ?? "invitation";
}

/** The secret in a fragment such as "#abc"; null when there is none. */
export function tokenIn(fragment: string): string | null {
  const token = fragment.replace(/^#/, "").trim();
  return token === "" || ANCHORS.has(token) ? null : token;
}

/** Read the secret and take it out of the address, the history and every later referrer. */
export function takeToken(): string | null {
  const token = tokenIn(location.hash);
  if (token) history.replaceState(null, "", location.pathname);
  return token;
}

const CHANGED = "interloop:page";

/** Show a page. `replace`: the one before is not gone back to. */
export function go(page: Page, replace = false): void {
  if (replace) history.replaceState(null, "", PATHS[page]);
  else history.pushState(null, "", PATHS[page]);
  dispatchEvent(new Event(CHANGED));
  scrollTo(0, 0);
}

export function usePage(): Page {
  return useSyncExternalStore(watch, () => pageOf(location.pathname));
}

function watch(changed: () => void): () => void {
  addEventListener("popstate", changed);
  addEventListener(CHANGED, changed);
  return () => {
    removeEventListener("popstate", changed);
    removeEventListener(CHANGED, changed);
  };
}
