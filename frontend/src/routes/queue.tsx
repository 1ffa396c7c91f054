/** What waits for a mark or a decision, oldest first; keys lead through all of it. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReviewRow } from "@/api/types";
import { reviewQueueQuery } from "@/features/review/queries";
import { useCursor } from "@/lib/cursor";
import { exactTime, relativeTime, since } from "@/lib/time";
import { DECISION } from "@/lib/words";
import { Failed } from "@/shell/faces";
import { KeyLine } from "@/shell/help";
import { Page } from "@/shell/page";
import { useShortcuts } from "@/shell/shortcuts";
import { Avatar, Badge, EmptyState, Row, SkeletonRows, Table, Td, Th, useMinute } from "@/ui";

export function QueuePage() {
  const { data, error, refetch } = useQuery(reviewQueueQuery);
  return (
    <Page
      title="Review queue"
      crumbs={[{ label: "Review queue" }]}
      under={
        <p className="mt-1 text-ink-2">
          What waits for marks, a second opinion or a decision, oldest first.
        </p>
      }
    >
      <div className="mt-4">
        {error && (
          <div className="panel">
            <Failed what="The queue" error={error} onRetry={refetch} />
          </div>
        )}
        {!data && !error && (
          <div className="panel">
            <SkeletonRows label="Loading the queue" />
          </div>
        )}
        {data && data.length > 0 && <Queue rows={data} />}
        {data?.length === 0 && (
          <div className="panel">
            <EmptyState title="Nothing waits for you">
              Once an interview is over and its quotes are gathered, it shows here.
            </EmptyState>
          </div>
        )}
      </div>
    </Page>
  );
}

function Queue({ rows }: { rows: readonly ReviewRow[] }) {
  const navigate = useNavigate();
  const open = (index: number, tab: "interviews" | "scorecard") => {
    const row = rows[index];
    if (row)
      void navigate({
        to: "/applications/$applicationId",
        params: { applicationId: row.application_id },
        search: { tab, queue: true },
      });
  };
  const at = useCursor(rows.length, (index) => open(index, "interviews"), "person");
  useShortcuts([
    {
      key: "e",
      label: "Evaluate the person, or who waits longest",
      run: () => open(Math.max(at, 0), "scorecard"),
    },
  ]);
  return (
    <>
      <Table label="Review queue">
        <thead>
          <tr>
            <Th>Person</Th>
            <Th>Job</Th>
            <Th>Waits for</Th>
            <Th>Your marks</Th>
            <Th>Waiting since</Th>
            <Th>Due</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <QueueLine key={row.application_id} row={row} selected={index === at} />
          ))}
        </tbody>
      </Table>
      <KeyLine
        keys={[
          ["j k", "move"],
          ["Enter", "open"],
          ["e", "evaluate"],
        ]}
      />
    </>
  );
}

function WaitsFor({ row }: { row: ReviewRow }) {
  if (!row.proposed) return row.submitted ? "a decision" : "marks and a decision";
  const what = DECISION[row.proposed.kind].verb.toLowerCase();
  if (row.proposed.yours)
    return (
      <Badge tone="attention">
        your second opinion: {what}, by {row.proposed.by.name}
      </Badge>
    );
  return <Badge tone="line">a second person: {what}</Badge>;
}

const ownMarks = (row: ReviewRow) =>
  row.criteria === 0 ? "–" : `${row.own_marks} of ${row.criteria}`;

function QueueLine({ row, selected }: { row: ReviewRow; selected: boolean }) {
  const now = useMinute();
  const name = row.candidate.name ?? "Name unknown";
  const late = row.due_at !== null && new Date(row.due_at) < now;
  return (
    <Row selected={selected}>
      <Td className="min-w-48">
        <Link
          to="/applications/$applicationId"
          params={{ applicationId: row.application_id }}
          search={{ tab: "interviews", queue: true }}
          className="inline-flex items-center gap-2.5 py-1 font-strong hover:text-accent"
        >
          <Avatar name={row.candidate.name ?? "?"} /> {name}
        </Link>
      </Td>
      <Td className="min-w-40 text-ink-2">{row.job.title}</Td>
      <Td className="whitespace-nowrap">
        <WaitsFor row={row} />
      </Td>
      <Td className="num whitespace-nowrap">
        {row.submitted ? <Badge tone="good">submitted</Badge> : ownMarks(row)}
      </Td>
      <Td className="num whitespace-nowrap" title={exactTime(row.waiting_since)}>
        {since(row.waiting_since, now)}
      </Td>
      <Td className="num whitespace-nowrap">
        {row.due_at ? (
          <span
            title={exactTime(row.due_at)}
            className={late ? "font-strong text-trouble" : undefined}
          >
            {late ? "was due " : ""}
            {relativeTime(row.due_at, now)}
          </span>
        ) : (
          "–"
        )}
      </Td>
    </Row>
  );
}
