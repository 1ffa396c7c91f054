/** What stands in the weeks ahead: one's own meetings, or those of all one's jobs. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Appointment } from "@/api/types";
import { meQuery } from "@/features/auth/queries";
import { Failed } from "@/shell/faces";
import {
  Avatar,
  Badge,
  EmptyState,
  Row,
  Segmented,
  SkeletonRows,
  Table,
  Td,
  Th,
  useMinute,
} from "@/ui";
import { isKnown, isSameClock, ownZone, spanIn, zoneWords } from "./instants";
import { aheadQuery } from "./queries";
import { isOfUse, isUntold } from "./standing";
import { STATE, stateWord } from "./states";

const WHOSE = [
  { value: "mine", label: "Mine" },
  { value: "all", label: "All of my jobs" },
] as const;

export function MeetingsPart() {
  const me = useQuery(meQuery).data?.id;
  const { data, error, refetch } = useQuery(aheadQuery);
  const [whose, setWhose] = useState<"mine" | "all">("mine");
  const now = useMinute();
  const stands = data?.filter((one) => isOfUse(one, now)) ?? [];
  const shown = stands.filter((one) => whose === "all" || one.interviewer?.id === me);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented label="Whose meetings" value={whose} onChange={setWhose} options={WHOSE} />
        <span className="text-12 text-ink-2">
          The next four weeks, in your zone: {zoneWords(ownZone(), now.toISOString())}
        </span>
      </div>
      {error && (
        <div className="panel">
          <Failed what="The meetings" error={error} onRetry={refetch} />
        </div>
      )}
      {!data && !error && (
        <div className="panel">
          <SkeletonRows label="Loading meetings" />
        </div>
      )}
      {data && shown.length === 0 && (
        <div className="panel">
          <EmptyState title={whose === "mine" ? "No meeting ahead" : "Nothing is booked"}>
            Times that candidates choose, and those booked for them, show here.
          </EmptyState>
        </div>
      )}
      {shown.length > 0 && <Meetings rows={shown} />}
    </div>
  );
}

function Meetings({ rows }: { rows: readonly Appointment[] }) {
  return (
    <Table label="Meetings">
      <thead>
        <tr>
          <Th>When</Th>
          <Th>Candidate</Th>
          <Th>Job</Th>
          <Th>With</Th>
          <Th>State</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <MeetingLine key={row.id} row={row} />
        ))}
      </tbody>
    </Table>
  );
}

function MeetingLine({ row }: { row: Appointment }) {
  const mine = ownZone();
  const elsewhere = isKnown(row.zone) && !isSameClock(row.starts_at, mine, row.zone);
  const untold = isUntold(row, useMinute());
  return (
    <Row>
      <Td className="num min-w-52">
        <b className="font-strong">{spanIn(row, mine)}</b>
        {elsewhere && (
          <span className="block text-12 text-ink-2">
            theirs: {spanIn(row, row.zone)}, {zoneWords(row.zone, row.starts_at)}
          </span>
        )}
      </Td>
      <Td className="min-w-44">
        <Link
          to="/applications/$applicationId"
          params={{ applicationId: row.application_id }}
          className="inline-flex items-center gap-2.5 py-1 hover:text-accent"
        >
          <Avatar name={row.candidate.name ?? "?"} /> {row.candidate.name ?? "Name unknown"}
        </Link>
      </Td>
      <Td className="min-w-40 text-ink-2">{row.job.title}</Td>
      <Td className="min-w-32">{row.interviewer?.name ?? "AI interviewer"}</Td>
      <Td>
        {untold ? (
          <Link
            to="/applications/$applicationId"
            params={{ applicationId: row.application_id }}
            className="link"
          >
            Say how it went
          </Link>
        ) : (
          <Badge tone={STATE[row.state].tone}>{stateWord(row)}</Badge>
        )}
      </Td>
    </Row>
  );
}
