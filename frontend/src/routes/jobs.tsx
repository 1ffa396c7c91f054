/** All jobs, what waits on us first to be seen. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { JobRow } from "@/api/types";
import { meQuery } from "@/features/auth/queries";
import { JobsTable } from "@/features/jobs/jobs-table";
import { jobsQuery } from "@/features/jobs/queries";
import { NeedPanel } from "@/features/review/need-panel";
import { plural } from "@/lib/time";
import { Failed } from "@/shell/faces";
import { KeyLine } from "@/shell/help";
import { Page } from "@/shell/page";
import { useShortcuts } from "@/shell/shortcuts";
import { Button, EmptyState, Icon, Kbd, Segmented, SkeletonRows, StageLegend } from "@/ui";

type Shelf = "open" | "closed";

export function JobsPage() {
  const me = useQuery(meQuery).data;
  const navigate = useNavigate();
  const mayCreate = me?.permissions.includes("create_job") ?? false;
  useShortcuts(
    mayCreate
      ? [{ key: "n", label: "New job", run: () => void navigate({ to: "/jobs/new" }) }]
      : [],
  );
  return (
    <Page
      title="Jobs"
      crumbs={[...(me ? [{ label: me.organization.name }] : []), { label: "Jobs" }]}
      actions={mayCreate && <NewJobButton />}
    >
      <NeedPanel />
      <JobList mayCreate={mayCreate} />
    </Page>
  );
}

function NewJobButton() {
  return (
    <Button asChild variant="primary">
      <Link to="/jobs/new">
        <Icon name="plus" /> New job <Kbd>n</Kbd>
      </Link>
    </Button>
  );
}

function JobList({ mayCreate }: { mayCreate: boolean }) {
  const [shelf, setShelf] = useState<Shelf>("open");
  const { data, error, refetch } = useQuery(jobsQuery);
  if (error)
    return (
      <div className="panel mt-4">
        <Failed what="The jobs" error={error} onRetry={refetch} />
      </div>
    );
  if (!data)
    return (
      <div className="panel mt-4">
        <SkeletonRows label="Loading jobs" />
      </div>
    );
  if (data.length === 0) return <NoJobs mayCreate={mayCreate} />;
  const closed = data.filter((job) => job.closed_at);
  const open = data.filter((job) => !job.closed_at);
  const shown = shelf === "open" ? open : closed;
  return (
    <>
      <div className="mt-4 mb-3 flex flex-wrap items-center gap-x-6 gap-y-3">
        <Segmented
          label="Which jobs"
          value={shelf}
          onChange={setShelf}
          options={[
            { value: "open", label: "Open", count: open.length },
            { value: "closed", label: "Closed", count: closed.length },
          ]}
        />
        <div className="ml-auto hidden sm:block">
          <StageLegend />
        </div>
      </div>
      <JobsTable jobs={shown} label={shelf === "open" ? "Open jobs" : "Closed jobs"} />
      <Foot jobs={shown} />
    </>
  );
}

function Foot({ jobs }: { jobs: readonly JobRow[] }) {
  const people = jobs.reduce((sum, job) => sum + job.people, 0);
  return (
    <div className="flex flex-wrap items-center justify-between gap-4">
      <KeyLine
        keys={[
          ["j k", "move"],
          ["Enter", "open board"],
          ["e", "evaluate what waits"],
        ]}
      />
      <p className="num mt-4 text-12 text-ink-2">
        {plural(jobs.length, "job")} · {plural(people, "person", "people")}
      </p>
    </div>
  );
}

function NoJobs({ mayCreate }: { mayCreate: boolean }) {
  return (
    <div className="panel mt-4">
      <EmptyState title="No jobs yet" action={mayCreate && <NewJobButton />}>
        <p>
          {mayCreate
            ? "Paste a job description: its requirements are read, and an interview plan with criteria and questions is drafted from it. Then add people by their resumes."
            : "Once somebody puts you on a job, it shows here."}
        </p>
      </EmptyState>
    </div>
  );
}
