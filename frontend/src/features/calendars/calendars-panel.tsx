/** Everybody's calendar connections and their health; those that need somebody come first. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Calendar } from "@/api/types";
import { plural } from "@/lib/time";
import { Failed } from "@/shell/faces";
import {
  Avatar,
  Badge,
  Banner,
  Button,
  EmptyState,
  RelativeTime,
  Row,
  SkeletonRows,
  Table,
  Td,
  Th,
} from "@/ui";
import { calendarsQuery } from "./queries";
import { STATE, troubleOf } from "./words";

export function CalendarsPanel() {
  const { data, error, refetch } = useQuery(calendarsQuery);
  const shut = data?.filter(({ state }) => state === "revoked").length ?? 0;
  return (
    <section aria-label="Calendars" className="panel">
      <header className="flex min-h-12 flex-wrap items-center gap-2 border-b border-line py-2 pr-3 pl-4">
        <h2 className="font-strong">Calendars</h2>
        <span className="min-w-0 flex-1 text-12 text-ink-2">
          Each interviewer connects their own.
        </span>
        <Button asChild size="s">
          <Link to="/schedule" search={{ part: "calendar" }}>
            My calendar
          </Link>
        </Button>
      </header>
      {error && <Failed what="The calendars" error={error} onRetry={refetch} />}
      {!data && !error && <SkeletonRows rows={2} label="Loading the calendars" />}
      {data?.length === 0 && (
        <EmptyState title="No calendar is connected">
          Interviewers are offered by the hours they say; what their calendars hold is not looked
          at.
        </EmptyState>
      )}
      {shut > 0 && (
        <div className="p-4 pb-0">
          <Banner
            tone="attention"
            title={`${plural(shut, "person", "people")} must connect again before they can be booked`}
          >
            Only they can: under Schedule, Calendar. What is booked with them stands.
          </Banner>
        </div>
      )}
      {data && data.length > 0 && (
        <div className="p-4">
          <Connections rows={data} />
        </div>
      )}
    </section>
  );
}

function Connections({ rows }: { rows: readonly Calendar[] }) {
  return (
    <Table label="Connections">
      <thead>
        <tr>
          <Th>Person</Th>
          <Th>Calendar</Th>
          <Th>State</Th>
          <Th>Last heard from</Th>
          <Th>Waiting</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ConnectionLine key={row.id} row={row} />
        ))}
      </tbody>
    </Table>
  );
}

function ConnectionLine({ row }: { row: Calendar }) {
  const trouble = troubleOf(row);
  return (
    <Row>
      <Td className="min-w-44">
        <span className="inline-flex items-center gap-2.5">
          <Avatar name={row.user.name} /> {row.user.name}
        </span>
      </Td>
      <Td className="min-w-52 break-words text-ink-2">Google, {row.account_id}</Td>
      <Td className="min-w-44">
        <Badge tone={STATE[row.state].tone}>{STATE[row.state].word}</Badge>
        {trouble && <span className="block text-12 text-ink-2">{trouble}</span>}
      </Td>
      <Td className="whitespace-nowrap">
        {row.last_success_at ? <RelativeTime at={row.last_success_at} /> : "not yet"}
      </Td>
      <Td className="num">{row.waiting}</Td>
    </Row>
  );
}
