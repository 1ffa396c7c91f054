/** What happened to this application, oldest first; decisions with their reasons stand on top. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Decision, HistoryEntry } from "@/api/types";
import { useMay } from "@/features/auth/queries";
import { exactTime } from "@/lib/time";
import { DECISION, plain } from "@/lib/words";
import { Failed } from "@/shell/faces";
import { EmptyState, RelativeTime, SkeletonRows } from "@/ui";
import { HistoriesPanel } from "./histories-panel";
import { decisionsQuery, historyQuery } from "./queries";

export function HistoryTab({ id, name }: { id: string; name: string }) {
  const mayErase = useMay("erase_histories");
  const { data, error, refetch } = useQuery(historyQuery(id));
  const decisions = useQuery(decisionsQuery(id)).data ?? [];
  if (error)
    return (
      <div className="panel">
        <Failed what="The history" error={error} onRetry={refetch} />
      </div>
    );
  if (!data)
    return (
      <div className="panel">
        <SkeletonRows label="Loading the history" />
      </div>
    );
  return (
    <div className="grid gap-3">
      {decisions.map((decision) => (
        <DecisionCard key={decision.id} id={id} decision={decision} />
      ))}
      <section aria-label="History" className="panel">
        {data.length === 0 && <EmptyState title="Nothing happened yet" />}
        <ol>
          {data.map((entry) => (
            <Entry key={`${entry.at} ${entry.action} ${entry.noun_id}`} entry={entry} />
          ))}
        </ol>
      </section>
      {mayErase && <HistoriesPanel id={id} name={name} />}
    </div>
  );
}

function DecisionCard({ id, decision }: { id: string; decision: Decision }) {
  const maySee = useMay("see_dossiers");
  return (
    <section aria-label="Decision" className="panel grid gap-1 px-4 py-3">
      <p>
        <b>{decision.decided_by.name}</b> {did(decision)} them{" "}
        <span className="text-ink-2">
          <RelativeTime at={decision.decided_at} />
        </span>
      </p>
      {decision.reason !== null && <p className="max-w-[76ch] text-ink-2">“{decision.reason}”</p>}
      {decision.second && (
        <p className="max-w-[76ch]">
          <b>{decision.second.by.name}</b>{" "}
          {decision.second.verdict === "confirm" ? "confirmed it" : "objected"}{" "}
          <span className="text-ink-2">
            <RelativeTime at={decision.second.at} />: “{decision.second.reason}”
          </span>
        </p>
      )}
      {decision.kind === "reject" && decision.state === "applied" && maySee && (
        <p>
          <Link
            to="/applications/$applicationId/dossier"
            params={{ applicationId: id }}
            className="link"
          >
            Open the dossier
          </Link>
        </p>
      )}
      {decision.refused_code && (
        <p className="font-strong text-attention">
          It was not applied: {plain(decision.refused_code).toLowerCase()}.
        </p>
      )}
    </section>
  );
}

function did({ kind, state }: Decision): string {
  const only = state === "proposed" || state === "objected";
  return only ? `proposed to ${DECISION[kind].verb.toLowerCase()}` : DECISION[kind].past;
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const details = telling(entry.details).map(
    ([key, value]) => `${plain(key).toLowerCase()} ${value}`,
  );
  return (
    <li className="grid gap-x-4 gap-y-0.5 border-b border-line px-4 py-2 last:border-0 sm:grid-cols-[176px_minmax(0,1fr)]">
      <time dateTime={entry.at} className="num text-12 leading-5 text-ink-2">
        {exactTime(entry.at)}
      </time>
      <p className="min-w-0 break-words">
        <b>{plain(entry.action)}</b>
        <span className="text-ink-2"> by {entry.actor?.name ?? actorWord(entry.actor_kind)}</span>
        {details.length > 0 && <span className="text-12 text-ink-2"> · {details.join(", ")}</span>}
      </p>
    </li>
  );
}

export function actorWord(kind: string): string {
  if (kind === "candidate") return "the candidate";
  return kind === "system" || kind === "timer" ? "Interloop" : plain(kind).toLowerCase();
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** Details a reader can use: ids stand in the audit, not here. */
function telling(details: Record<string, string>): [string, string][] {
  return Object.entries(details)
    .filter(([, value]) => !ID.test(value))
    .map(([key, value]) => [key, plain(value).toLowerCase()]);
}
