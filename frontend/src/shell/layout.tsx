/** What every page of staff stands in: rail, dialogs of the shell, keys, the stream of changes. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { session } from "@/api/client";
import { follow } from "@/api/events";
import { cookiesQuery } from "@/features/auth/queries";
import { useReviewQueue, useTasks } from "@/features/review/queries";
import { StoppedLine } from "@/features/settings/stopped-line";
import { AccountMenu } from "./account";
import { HelpDialog } from "./help";
import { ShellContext } from "./page";
import { Rail } from "./rail";
import { SearchDialog } from "./search";
import { ShortcutProvider, useShortcuts } from "./shortcuts";

export function Layout() {
  useSignedOut();
  useChanges();
  return (
    <ShortcutProvider>
      <Frame />
    </ShortcutProvider>
  );
}

function Frame() {
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const acts = useMemo(
    () => ({ search: () => setSearching(true), help: () => setHelping(true) }),
    [],
  );
  useShortcuts([
    { key: "/", label: "Find a person or job", run: acts.search },
    { key: "?", label: "What the keys do", run: acts.help },
  ]);
  return (
    <ShellContext value={acts}>
      <a
        href="#content"
        className="absolute -top-20 left-4 z-50 rounded-m bg-surface px-4 py-3 font-strong focus:top-2"
      >
        Skip to the content
      </a>
      <div className="min-h-dvh sm:grid sm:grid-cols-[56px_minmax(0,1fr)]">
        <Rail counts={useWaiting()} account={<AccountMenu />} />
        <div className="min-w-0">
          <StoppedLine />
          <Outlet />
        </div>
      </div>
      <SearchDialog open={searching} onOpenChange={setSearching} />
      <HelpDialog open={helping} onOpenChange={setHelping} />
    </ShellContext>
  );
}

function useWaiting(): Record<string, number | undefined> {
  return { "/queue": useReviewQueue().length, "/tasks": useTasks().length };
}

/** When the session ends, here or by a refused renewal, the way leads to the sign-in. */
function useSignedOut() {
  const navigate = useNavigate();
  const client = useQueryClient();
  useEffect(
    () =>
      session.watch(() => {
        if (session.token !== null) return;
        client.clear();
        void navigate({ to: "/sign-in" });
      }),
    [client, navigate],
  );
}

function useChanges() {
  const client = useQueryClient();
  const ready = useQuery(cookiesQuery).data;
  useEffect(() => {
    if (!ready) return;
    return follow(client, session);
  }, [client, ready]);
}
