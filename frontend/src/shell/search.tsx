/** Find a job, or a person in the lists this device has already asked for. */
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useState } from "react";
import type { ApplicationRow, ReviewRow } from "@/api/types";
import { useMay } from "@/features/auth/queries";
import { jobsQuery } from "@/features/jobs/queries";
import { useReviewQueue, useTasks } from "@/features/review/queries";
import { cx } from "@/lib/cx";
import { fold } from "@/lib/find";
import { step } from "@/lib/move";
import { Dialog, Input } from "@/ui";

type Found = { key: string; label: string; kind: string; open: () => void };
type Props = { open: boolean; onOpenChange: (open: boolean) => void };

const MOST = 10;

export function SearchDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Find a person or job">
      {open && <Search close={() => onOpenChange(false)} />}
    </Dialog>
  );
}

function Search({ close }: { close: () => void }) {
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const wanted = fold(words);
  const found = useEverything(close)
    .filter((one) => fold(one.label).includes(wanted))
    .slice(0, MOST);
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") found[at]?.open();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setAt(step(at, event.key === "ArrowDown" ? 1 : -1, found.length));
  };
  return (
    <>
      <Input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found[at] && `${list}-${at}`}
        aria-label="Name or title"
        placeholder="Name or title"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id={list} role="listbox" aria-label="Found" className="mt-3 grid gap-0.5">
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox above
          <div
            key={one.key}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={one.open}
            className={cx(
              "flex min-h-9 cursor-pointer items-center gap-3 rounded-s px-2.5",
              index === at ? "bg-accent-tint" : "hover:bg-hover",
            )}
          >
            <span className="min-w-0 flex-1 font-strong">{one.label}</span>
            <span className="text-12 text-ink-2">{one.kind}</span>
          </div>
        ))}
      </div>
      <p role="status" className="mt-2 text-12 text-ink-2">
        {found.length === 0 ? "Nothing found. People show once their job's board was opened." : ""}
      </p>
    </>
  );
}

function useEverything(close: () => void): Found[] {
  const navigate = useNavigate();
  const client = useQueryClient();
  const jobs = useQuery({ ...jobsQuery, enabled: useMay("list_jobs") }).data ?? [];
  const queue = useReviewQueue();
  const tasks = useTasks();
  const people = knownPeople(client, [...queue, ...tasks]);
  const go = (act: () => unknown) => () => {
    close();
    void act();
  };
  return [
    ...jobs.map((job) => ({
      key: job.id,
      label: job.title,
      kind: "Job",
      open: go(() => navigate({ to: "/jobs/$jobId", params: { jobId: job.id } })),
    })),
    ...[...people].map(([id, name]) => ({
      key: id,
      label: name,
      kind: "Person",
      open: go(() =>
        navigate({ to: "/applications/$applicationId", params: { applicationId: id } }),
      ),
    })),
  ];
}

type Waiting = Pick<ReviewRow, "application_id" | "candidate">;

/** Names by application, from every list this device holds. */
function knownPeople(client: QueryClient, waiting: readonly Waiting[]): Map<string, string> {
  const boards = client.getQueriesData<ApplicationRow[]>({
    predicate: ({ queryKey }) => queryKey[0] === "jobs" && queryKey[2] === "applications",
  });
  const rows = [
    ...boards.flatMap(([, list]) => list ?? []).map(({ id, candidate }) => ({ id, candidate })),
    ...waiting.map(({ application_id, candidate }) => ({ id: application_id, candidate })),
  ];
  return new Map(
    rows.flatMap(({ id, candidate }) => (candidate.name ? [[id, candidate.name]] : [])),
  );
}
