/** API keys: who may ask on /v1, and when they last did. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiKey } from "@/api/types";
import { exactTime } from "@/lib/time";
import { Failed } from "@/shell/faces";
import {
  Badge,
  Button,
  EmptyState,
  Icon,
  RelativeTime,
  Row,
  SkeletonRows,
  Table,
  Td,
  Th,
} from "@/ui";
import { NewKeyDialog } from "./new-key";
import { keysQuery } from "./queries";
import { RevokeDialog } from "./revoke";

export function KeysPanel() {
  const { data, error, refetch } = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  const [leaving, setLeaving] = useState<ApiKey | null>(null);
  const make = (
    <Button variant="primary" onClick={() => setMaking(true)}>
      <Icon name="plus" /> New key
    </Button>
  );
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-[68ch] flex-[0_1_auto] text-ink-2">
          Other systems send applications and follow them with a key. A key never decides about
          anybody.
        </p>
        {data && data.length > 0 && make}
      </div>
      {error && (
        <div className="panel">
          <Failed what="The keys" error={error} onRetry={refetch} />
        </div>
      )}
      {!data && !error && (
        <div className="panel">
          <SkeletonRows rows={3} label="Loading the keys" />
        </div>
      )}
      {data?.length === 0 && (
        <div className="panel">
          <EmptyState title="No keys yet" action={make}>
            Make one for a careers site or another system that sends applications here.
          </EmptyState>
        </div>
      )}
      {data && data.length > 0 && <Keys keys={data} onRevoke={setLeaving} />}
      {making && <NewKeyDialog onClose={() => setMaking(false)} />}
      {leaving && <RevokeDialog apiKey={leaving} onClose={() => setLeaving(null)} />}
    </div>
  );
}

type KeysProps = { keys: readonly ApiKey[]; onRevoke: (key: ApiKey) => void };

function Keys({ keys, onRevoke }: KeysProps) {
  return (
    <Table label="API keys">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>May</Th>
          <Th>Made</Th>
          <Th>Last used</Th>
          <Th>Ends</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <Row key={key.id}>
            <Td>
              <span className="font-strong">{key.name}</span>
              <span className="block font-mono text-11 whitespace-nowrap text-ink-2">
                {key.prefix}
              </span>
            </Td>
            <Td>
              <span className="flex flex-wrap gap-1">
                {key.scopes.map((scope) => (
                  <Badge key={scope} small>
                    {scope}
                  </Badge>
                ))}
              </span>
            </Td>
            <Td className="whitespace-nowrap">
              <RelativeTime at={key.created_at} />
              <span className="block text-12 text-ink-2">{key.created_by.name}</span>
            </Td>
            <Td className="whitespace-nowrap">
              {key.last_used_at ? <RelativeTime at={key.last_used_at} /> : "Never"}
            </Td>
            <Td className="whitespace-nowrap">{endWord(key)}</Td>
            <Td className="text-right whitespace-nowrap">
              {!key.revoked_at && (
                <Button size="s" onClick={() => onRevoke(key)}>
                  Revoke<span className="sr-only"> {key.name}</span>
                </Button>
              )}
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function endWord(key: ApiKey) {
  if (key.revoked_at) return <Badge tone="trouble">Revoked</Badge>;
  if (!key.expires_at) return <span className="text-ink-2">When revoked</span>;
  if (new Date(key.expires_at) <= new Date()) return <Badge tone="attention">Expired</Badge>;
  return (
    <span title={exactTime(key.expires_at)}>
      {exactTime(key.expires_at).split(", ").slice(0, 2).join(", ")}
    </span>
  );
}
