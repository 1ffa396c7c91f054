/** The job's requirements one by one, with what in the resume supports each. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MatchRow } from "@/api/types";
import { Failed } from "@/shell/faces";
import { Badge, EmptyState, Icon, SkeletonRows } from "@/ui";
import { DocumentText } from "./document-text";
import { matchQuery, resumeQuery } from "./queries";

export function MatchTab({ id, hasResume }: { id: string; hasResume: boolean }) {
  const match = useQuery(matchQuery(id));
  const text = useQuery({ ...resumeQuery(id), enabled: hasResume }).data?.text;
  const [place, setPlace] = useState<{ start: number; end: number } | null>(null);
  if (match.error)
    return (
      <div className="panel">
        <Failed what="The match" error={match.error} onRetry={match.refetch} />
      </div>
    );
  if (!match.data)
    return (
      <div className="panel">
        <SkeletonRows label="Loading the match" />
      </div>
    );
  const { rows, supported, total } = match.data;
  if (total === null && !hasResume)
    return (
      <div className="panel">
        <EmptyState title="There is no resume to rate">
          They were added without one; ask about the requirements in the interview.
        </EmptyState>
      </div>
    );
  if (total === null)
    return (
      <div className="panel">
        <EmptyState title="Not rated yet">
          The resume is being read and held against the job. This page fills by itself.
        </EmptyState>
      </div>
    );
  if (rows.length === 0)
    return (
      <div className="panel">
        <EmptyState title="The job names no requirements">
          None were found in its description, so there is nothing to hold a resume against.
        </EmptyState>
      </div>
    );
  return (
    <div className="grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <section aria-label="Requirements" className="panel">
        <header className="flex min-h-12 flex-wrap items-center gap-x-2 border-b border-line px-4 py-2">
          <h2 className="num font-strong">
            {supported} of {total} supported by the resume
          </h2>
          <p className="text-12 text-ink-2">Not evidenced is not “no”: ask about it.</p>
        </header>
        <ol>
          {rows.map((row) => (
            <Requirement key={row.key} row={row} onPlace={setPlace} />
          ))}
        </ol>
      </section>
      {text && (
        <section
          aria-label="Resume"
          className="panel p-4 md:sticky md:top-4 md:max-h-[86vh] md:overflow-y-auto"
        >
          <DocumentText text={text} place={place} />
        </section>
      )}
    </div>
  );
}

type RowProps = { row: MatchRow; onPlace: (place: { start: number; end: number }) => void };

function Requirement({ row, onPlace }: RowProps) {
  return (
    <li className="grid gap-1.5 border-b border-line px-4 py-3 last:border-0">
      <div className="flex items-start gap-2">
        <span className="min-w-0 flex-1">{row.text}</span>
        {row.weight === "nice" && <Badge small>nice to have</Badge>}
        <State row={row} />
      </div>
      {row.supports.map((support) => (
        <button
          key={`${support.start} ${support.end}`}
          type="button"
          onClick={() => onPlace(support)}
          className="flex items-start gap-2 rounded-s px-2 py-1 text-left text-12 text-ink-2 hover:bg-accent-tint"
        >
          <Icon name="right" size={14} className="mt-px text-accent" />
          <span className="break-words">“{support.quote}”</span>
        </button>
      ))}
    </li>
  );
}

function State({ row: { state } }: { row: MatchRow }) {
  if (state === "supported")
    return (
      <Badge small tone="good">
        <Icon name="check" size={12} /> supported
      </Badge>
    );
  const partly = state === "partly";
  return (
    <Badge small tone={partly ? "info" : "line"}>
      {partly ? "partly" : "not evidenced"}
    </Badge>
  );
}
