/** The same people as a table, longest wait first. */
import { Link } from "@tanstack/react-router";
import type { ApplicationRow } from "@/api/types";
import { exactTime, relativeTime, since } from "@/lib/time";
import { nextStep, WAITING_ON } from "@/lib/words";
import { Avatar, Row, StageBadge, Table, Td, Th, useMinute } from "@/ui";

type Props = { rows: readonly ApplicationRow[]; selected: string | undefined };

export function PeopleTable({ rows, selected }: Props) {
  const now = useMinute();
  return (
    <Table label="People of this job">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Stage</Th>
          <Th>Next</Th>
          <Th>Waiting on</Th>
          <Th>Since</Th>
          <Th>Deadline</Th>
          <Th className="text-right">Requirements</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} selected={row.id === selected}>
            <Td className="h-12 min-w-48">
              <Link
                to="/applications/$applicationId"
                params={{ applicationId: row.id }}
                className="inline-flex items-center gap-2.5 py-1 font-strong hover:text-accent"
              >
                <Avatar name={row.candidate.name ?? "?"} />
                {row.candidate.name ?? "Name unknown"}
              </Link>
            </Td>
            <Td className="h-12">
              <StageBadge stage={row.stage} />
            </Td>
            <Td className="h-12 whitespace-nowrap">{nextStep(row)}</Td>
            <Td className="h-12">{WAITING_ON[row.waiting_on]}</Td>
            <Td className="num h-12 whitespace-nowrap" title={exactTime(row.stage_since)}>
              {since(row.stage_since, now)}
            </Td>
            <Td className="num h-12 whitespace-nowrap">
              {row.due_at ? (
                <span title={exactTime(row.due_at)}>{relativeTime(row.due_at, now)}</span>
              ) : (
                "–"
              )}
            </Td>
            <Td className="num h-12 text-right whitespace-nowrap">
              {row.match_total ? `${row.match_supported ?? 0} of ${row.match_total}` : "–"}
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
