/** What waits on us, in four numbers, and the way to the oldest of it. */
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReviewRow } from "@/api/types";
import { exactTime, plural, since } from "@/lib/time";
import { useShortcuts } from "@/shell/shortcuts";
import { Button, Kbd, useMinute } from "@/ui";
import { useReviewQueue, useTasks } from "./queries";

export function NeedPanel() {
  const navigate = useNavigate();
  const queue = useReviewQueue();
  const tasks = useTasks();
  const now = useMinute();
  const oldest = queue[0];
  const evaluate = () =>
    oldest &&
    void navigate({
      to: "/applications/$applicationId",
      params: { applicationId: oldest.application_id },
      search: { tab: "scorecard", queue: true },
    });
  useShortcuts(oldest ? [{ key: "e", label: "Evaluate what waits longest", run: evaluate }] : []);
  if (queue.length === 0 && tasks.length === 0) return null;
  const late = queue.filter((row) => row.due_at && new Date(row.due_at) < now).length;
  return (
    <section
      aria-label="What waits on us"
      className="panel mt-4 flex flex-wrap items-center gap-x-6 gap-y-3 py-3 pr-3 pl-4"
    >
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:flex sm:flex-wrap sm:gap-x-0">
        {oldest && (
          <>
            <Fact label="In review, waiting on us" small={jobsOf(queue)}>
              {queue.length}
            </Fact>
            <Fact label="Oldest wait" small={oldest.candidate.name ?? "Name unknown"}>
              <span title={exactTime(oldest.waiting_since)}>
                {since(oldest.waiting_since, now)}
              </span>
            </Fact>
            <Fact label="Past what was due" small={`of ${queue.length}`}>
              <span className={late > 0 ? "text-trouble" : undefined}>{late}</span>
            </Fact>
          </>
        )}
        <Fact label="Tasks in person" small="open">
          {tasks.length}
        </Fact>
      </dl>
      {oldest && (
        <Button asChild className="ml-auto">
          <Link
            to="/applications/$applicationId"
            params={{ applicationId: oldest.application_id }}
            search={{ tab: "scorecard", queue: true }}
          >
            Review oldest first <Kbd>e</Kbd>
          </Link>
        </Button>
      )}
    </section>
  );
}

function jobsOf(queue: readonly ReviewRow[]): string {
  const jobs = new Set(queue.map((row) => row.job.id)).size;
  return `${queue.length === 1 ? "person" : "people"}, ${plural(jobs, "job")}`;
}

function Fact({ label, small, children }: { label: string; small: string; children: ReactNode }) {
  return (
    <div className="border-line sm:border-l sm:px-6 sm:first:border-0 sm:first:pl-0">
      <dt className="text-12 text-ink-2">{label}</dt>
      <dd className="num text-17 font-strong tracking-[-0.01em]">
        {children}{" "}
        <small className="text-12 font-regular tracking-normal text-ink-2">{small}</small>
      </dd>
    </div>
  );
}
