/** The way through the queue from one person's page: where one is, who is next. */
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useShortcuts } from "@/shell/shortcuts";
import { Button, Kbd } from "@/ui";
import { useReviewQueue } from "./queries";

type Way = { at: number; of: number; before?: string | undefined; after?: string | undefined };

/** Where an application stands in the queue; null when this page was not reached through it. */
function useWay(id: string): Way | null {
  const rows = useReviewQueue();
  const through = useSearch({ strict: false }).queue === true;
  if (!through) return null;
  const at = rows.findIndex((row) => row.application_id === id);
  const idAt = (index: number) => rows[index]?.application_id;
  // Who was decided about has left the list: the oldest of the rest is next.
  if (at < 0) return { at, of: rows.length, after: idAt(0) };
  return { at, of: rows.length, before: idAt(at - 1), after: idAt(at + 1) };
}

/** Go on to the next person of the queue, or back to the empty list; does nothing outside of it. */
export function useNextInQueue(id: string): () => void {
  const way = useWay(id);
  const navigate = useNavigate();
  return () => {
    if (!way) return;
    const next = way.after ?? way.before;
    if (!next) return void navigate({ to: "/queue" });
    void navigate({ to: "/applications/$applicationId", ...place(next) });
  };
}

const place = (applicationId: string) => ({
  params: { applicationId },
  search: { tab: "scorecard" as const, queue: true as const },
});

export function QueueWay({ id }: { id: string }) {
  const way = useWay(id);
  const navigate = useNavigate();
  const go = (to: string | undefined) =>
    to && void navigate({ to: "/applications/$applicationId", ...place(to) });
  useShortcuts(
    way
      ? [
          { key: "j", label: "Next in the queue", run: () => go(way.after) },
          { key: "k", label: "Previous in the queue", run: () => go(way.before) },
          { key: "q", label: "Back to the queue", run: () => void navigate({ to: "/queue" }) },
        ]
      : [],
  );
  if (!way) return null;
  return (
    <nav
      aria-label="Queue"
      className="panel mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2"
    >
      <span className="num text-ink-2">{words(way)}</span>
      <span className="flex-1" />
      <Step to={way.before} label="Previous" sign="k" />
      <Step to={way.after} label="Next" sign="j" />
      <Button asChild size="s" variant="quiet">
        <Link to="/queue">
          All <Kbd>q</Kbd>
        </Link>
      </Button>
    </nav>
  );
}

function words({ at, of }: Way): string {
  if (at >= 0) return `Review queue, ${at + 1} of ${of}, oldest first`;
  return of > 0 ? `Done here; ${of} left in the queue` : "Done; the queue is empty";
}

function Step({ to, label, sign }: { to: string | undefined; label: string; sign: string }) {
  if (!to) return null;
  return (
    <Button asChild size="s">
      <Link to="/applications/$applicationId" {...place(to)}>
        {label} <Kbd>{sign}</Kbd>
      </Link>
    </Button>
  );
}
