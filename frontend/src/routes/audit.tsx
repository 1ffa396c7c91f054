/** The audit chain, newest first, and whether it holds. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { AuditEntry, Verification } from "@/api/types";
import { actorWord } from "@/features/applications/history-tab";
import { auditQuery, verificationQuery } from "@/features/audit/queries";
import { exactTime } from "@/lib/time";
import { plain } from "@/lib/words";
import { Failed } from "@/shell/faces";
import { Page } from "@/shell/page";
import { Banner, Button, EmptyState, Row, Skeleton, SkeletonRows, Table, Td, Th } from "@/ui";

export function AuditPage() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(auditQuery);
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Page
      title="Audit"
      crumbs={[{ label: "Audit" }]}
      under={
        <p className="mt-1 max-w-[68ch] text-ink-2">
          Every change, and every reading of personal data. Each line carries the hash of the one
          before it; nothing can be taken out unseen. Lines hold ids, never people.
        </p>
      }
    >
      <div className="mt-4 grid gap-4">
        <Chain />
        {error && (
          <div className="panel">
            <Failed what="The audit" error={error} onRetry={refetch} />
          </div>
        )}
        {!data && !error && (
          <div className="panel">
            <SkeletonRows label="Loading the audit" />
          </div>
        )}
        {data && entries.length === 0 && (
          <div className="panel">
            <EmptyState title="Nothing happened yet" />
          </div>
        )}
        {entries.length > 0 && <Entries entries={entries} />}
        {hasNextPage && (
          <div className="justify-self-center">
            <Button onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
              {isFetchingNextPage ? "Loading" : "Show older"}
            </Button>
          </div>
        )}
      </div>
    </Page>
  );
}

function Chain() {
  const { data, error, refetch, isFetching } = useQuery(verificationQuery);
  const again = (
    <Button size="s" onClick={() => void refetch()} disabled={isFetching}>
      {isFetching ? "Checking" : "Check again"}
    </Button>
  );
  if (error)
    return (
      <Banner tone="attention" title="The chain could not be checked" action={again}>
        {error.message}
      </Banner>
    );
  if (!data) return <Skeleton className="h-10" />;
  if (data.ok)
    return (
      <Banner tone="good" title="The chain holds" action={again}>
        {counted(data)}
      </Banner>
    );
  return (
    <Banner
      tone="trouble"
      title={`The chain is broken at line ${data.first_bad_seq ?? "?"}`}
      action={again}
    >
      {data.reason ? `${plain(data.reason)}. ` : ""}Somebody changed the record outside Interloop.
      Keep the database as it is and tell whoever is in charge of security.
    </Banner>
  );
}

const counted = ({ entries, checkpoints }: Verification): string =>
  `${entries} lines and ${checkpoints} signed checkpoints were computed again and agree.`;

function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <Table label="Audit entries">
      <thead>
        <tr>
          <Th>Line</Th>
          <Th>When</Th>
          <Th>Who</Th>
          <Th>What</Th>
          <Th>On</Th>
          <Th>Hash</Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.seq}>
            <Td className="num h-10 text-ink-2">{entry.seq}</Td>
            <Td className="num h-10 whitespace-nowrap">{exactTime(entry.at)}</Td>
            <Td className="h-10 whitespace-nowrap">
              {entry.actor?.name ?? actorWord(entry.actor_kind)}
            </Td>
            <Td className="h-10 font-strong whitespace-nowrap">{plain(entry.action)}</Td>
            <Td className="h-10">
              {plain(entry.noun)}
              <span className="block font-mono text-11 whitespace-nowrap text-ink-2">
                {entry.noun_id}
              </span>
            </Td>
            <Td className="h-10 font-mono text-11 text-ink-2" title={entry.hash}>
              {entry.hash.slice(0, 12)}
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
