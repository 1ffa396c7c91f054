/** The table of jobs: one line a job, people by stage as a thin bar. */
import { Link, useNavigate } from "@tanstack/react-router";
import type { JobRow } from "@/api/types";
import { useCursor } from "@/lib/cursor";
import { exactTime, relativeTime, shortDate, since } from "@/lib/time";
import { Dot, EmptyState, Row, StageBar, Table, Td, Th, useMinute } from "@/ui";

export function JobsTable({ jobs, label }: { jobs: readonly JobRow[]; label: string }) {
  const navigate = useNavigate();
  const open = (index: number) => {
    const job = jobs[index];
    if (job) void navigate({ to: "/jobs/$jobId", params: { jobId: job.id } });
  };
  const at = useCursor(jobs.length, open, "job");
  if (jobs.length === 0)
    return (
      <div className="panel">
        <EmptyState title="None here">Look at the other shelf above.</EmptyState>
      </div>
    );
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Job</Th>
          <Th>Open since</Th>
          <Th className="min-w-72">People by stage</Th>
          <Th className="text-right">People</Th>
          <Th>Waiting on us</Th>
          <Th>Next event</Th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job, index) => (
          <JobLine key={job.id} job={job} selected={index === at} />
        ))}
      </tbody>
    </Table>
  );
}

function JobLine({ job, selected }: { job: JobRow; selected: boolean }) {
  const now = useMinute();
  const counts = Object.fromEntries(job.stages.map(({ stage, count }) => [stage, count]));
  return (
    <Row selected={selected} aria-selected={selected || undefined}>
      <Td className="min-w-48 sm:min-w-[264px]">
        <Link
          to="/jobs/$jobId"
          params={{ jobId: job.id }}
          className="inline-block py-0.5 font-strong hover:text-accent"
        >
          {job.title}
        </Link>
      </Td>
      <Td className="num whitespace-nowrap">
        <div title={exactTime(job.created_at)}>{since(job.created_at, now)}</div>
        <div className="mt-0.5 text-12 text-ink-2">{shortDate(job.created_at)}</div>
      </Td>
      <Td>
        <StageBar counts={counts} />
      </Td>
      <Td className="num text-right text-ink-2">{job.people}</Td>
      <Td className="whitespace-nowrap">
        <Waiting job={job} />
      </Td>
      <Td className="whitespace-nowrap">
        {job.next_event_at ? (
          <span title={exactTime(job.next_event_at)}>
            Deadline {relativeTime(job.next_event_at, now)}
          </span>
        ) : (
          <span className="text-ink-2">Nothing</span>
        )}
      </Td>
    </Row>
  );
}

function Waiting({ job }: { job: JobRow }) {
  if (!job.plan_published)
    return (
      <span className="inline-flex items-center gap-2 font-strong">
        <Dot tone="info" /> Plan to publish
      </span>
    );
  if (job.waiting_on_us === 0) return <span className="text-ink-2">Nothing</span>;
  return (
    <span className="num inline-flex items-center gap-2 font-strong">
      <Dot tone="attention" /> {job.waiting_on_us} to move
    </span>
  );
}
