/** The log of deliveries: what was sent where, how often it was tried, what came back. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Delivery, DeliveryState } from "@/api/types";
import { Failed } from "@/shell/faces";
import {
  Badge,
  Button,
  EmptyState,
  RelativeTime,
  Row,
  Segmented,
  SkeletonRows,
  Table,
  Td,
  Th,
} from "@/ui";
import { DeliveryDialog } from "./delivery";
import { deliveriesQuery, type LogFilter, webhooksQuery } from "./queries";
import { answerWord, STATES } from "./words";

type Props = { webhookId: string | undefined; onAll: () => void };

export function LogPanel({ webhookId, onAll }: Props) {
  const [state, setState] = useState<DeliveryState | "">("");
  const [shown, setShown] = useState<string | null>(null);
  const filter: LogFilter = { webhook_id: webhookId, state: state || undefined };
  const log = useInfiniteQuery(deliveriesQuery(filter));
  const { data: webhooks } = useQuery(webhooksQuery);
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  const url = (row: Delivery) => webhooks?.find((one) => one.id === row.webhook_id)?.url ?? "";
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label="Which deliveries"
          value={state}
          options={[
            { value: "", label: "All" },
            { value: "pending", label: STATES.pending.word },
            { value: "failed", label: STATES.failed.word },
          ]}
          onChange={setState}
        />
        {webhookId && (
          <span className="flex min-w-0 items-center gap-2 text-12 text-ink-2">
            <span className="truncate">
              {webhooks?.find((one) => one.id === webhookId)?.url ?? "One webhook"}
            </span>
            <Button size="s" variant="quiet" onClick={onAll}>
              Show all
            </Button>
          </span>
        )}
      </div>
      {log.error && (
        <div className="panel">
          <Failed what="The log" error={log.error} onRetry={log.refetch} />
        </div>
      )}
      {!log.data && !log.error && (
        <div className="panel">
          <SkeletonRows rows={4} label="Loading the log" />
        </div>
      )}
      {log.data && rows.length === 0 && (
        <div className="panel">
          <EmptyState title={state ? "None of these" : "Nothing was sent yet"}>
            Each piece of news stands here with every try to deliver it.
          </EmptyState>
        </div>
      )}
      {rows.length > 0 && <Rows rows={rows} url={url} onOpen={setShown} />}
      {log.hasNextPage && (
        <div className="justify-self-center">
          <Button onClick={() => void log.fetchNextPage()} disabled={log.isFetchingNextPage}>
            {log.isFetchingNextPage ? "Loading" : "Show older"}
          </Button>
        </div>
      )}
      {shown && <DeliveryDialog id={shown} onClose={() => setShown(null)} />}
    </div>
  );
}

type RowsProps = {
  rows: readonly Delivery[];
  url: (row: Delivery) => string;
  onOpen: (id: string) => void;
};

function Rows({ rows, url, onOpen }: RowsProps) {
  return (
    <Table label="Deliveries">
      <thead>
        <tr>
          <Th>News</Th>
          <Th>State</Th>
          <Th className="text-right">Tries</Th>
          <Th>Last answer</Th>
          <Th>Next try</Th>
          <Th>When</Th>
          <Th>
            <span className="sr-only">Open</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id}>
            <Td>
              <span className="font-strong whitespace-nowrap">{row.type}</span>
              <span className="block max-w-64 truncate text-12 text-ink-2">{url(row)}</span>
            </Td>
            <Td>
              <Badge tone={STATES[row.state].tone}>{STATES[row.state].word}</Badge>
            </Td>
            <Td className="num text-right">{row.attempts}</Td>
            <Td className="whitespace-nowrap">{answerWord(row.last_status, row.last_error)}</Td>
            <Td className="whitespace-nowrap">
              {row.next_at ? <RelativeTime at={row.next_at} /> : ""}
            </Td>
            <Td className="whitespace-nowrap">
              <RelativeTime at={row.created_at} />
            </Td>
            <Td className="text-right">
              <Button size="s" onClick={() => onOpen(row.id)}>
                Open<span className="sr-only"> {row.type}</span>
              </Button>
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
