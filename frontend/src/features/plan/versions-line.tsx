/** The versions of a plan in a row, what is live, and what the draft changes about it. */
import { useState } from "react";
import type { JobPlan, Plan, PlanVersionRow } from "@/api/types";
import { cx } from "@/lib/cx";
import { plural, shortDate } from "@/lib/time";
import { diff, type PlanChange } from "./diff";
import { VersionDialog } from "./version-dialog";

const SHOWN = 4;

type Props = { jobId: string; plan: JobPlan; draft: Plan; next: number };

export function VersionsLine({ jobId, plan, draft, next }: Props) {
  const [opened, setOpened] = useState<number | null>(null);
  const shown = plan.versions.slice(0, SHOWN).toReversed();
  const changes = plan.live ? diff(plan.live.plan, draft) : [];
  return (
    <section aria-label="Versions" className="panel mt-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <ol className="flex flex-wrap items-center gap-y-2">
          {shown.map((row) => (
            <li key={row.version} className="flex items-center">
              <VersionPill
                row={row}
                live={row.version === plan.live?.version}
                onOpen={() => setOpened(row.version)}
              />
              <i aria-hidden="true" className="h-px w-4 bg-line-strong" />
            </li>
          ))}
          <li
            aria-current="true"
            className="flex h-7 items-center rounded-full border border-accent bg-accent-tint px-2.5 text-12 font-strong text-accent"
          >
            v{next} draft
          </li>
        </ol>
        <p className="min-w-48 flex-1 text-ink-2">{liveWords(plan)}</p>
      </div>
      {changes.length > 0 && (
        <Changes title={`v${plan.live?.version} to v${next}`} changes={changes} />
      )}
      <VersionDialog jobId={jobId} version={opened} onClose={() => setOpened(null)} />
    </section>
  );
}

function liveWords({ live }: JobPlan): string {
  if (!live) return "Nothing is live yet. Publish the draft, then people can be invited.";
  const used = live.used_in === 0 ? "not used yet" : `used in ${plural(live.used_in, "interview")}`;
  return `v${live.version} live since ${shortDate(live.published_at)}, ${used}. Interviews already opened keep their version.`;
}

type PillProps = { row: PlanVersionRow; live: boolean; onOpen: () => void };

function VersionPill({ row, live, onOpen }: PillProps) {
  return (
    <button
      type="button"
      onClick={onOpen}
      title={`Published ${shortDate(row.published_at)}, ${plural(row.used_in, "interview")}`}
      className={cx(
        "h-7 rounded-full border px-2.5 text-12 font-strong hover:bg-sunken",
        live ? "border-good text-good" : "border-line-strong text-ink-2",
      )}
    >
      v{row.version}
      {live && " live"}
    </button>
  );
}

const SIGN = {
  added: { sign: "+", className: "bg-good-tint text-good" },
  changed: { sign: "~", className: "bg-info-tint text-info" },
  removed: { sign: "−", className: "bg-trouble-tint text-trouble" },
} as const;

function Changes({ title, changes }: { title: string; changes: readonly PlanChange[] }) {
  return (
    <ul className="flex flex-wrap border-t border-line text-12 text-ink-2">
      <li className="px-4 py-2.5 font-strong text-ink">{title}</li>
      {changes.map(({ kind, text }) => (
        <li key={text} className="flex items-center gap-1.5 border-l border-line px-4 py-2.5">
          <span
            aria-hidden="true"
            className={cx(
              "grid size-4 place-items-center rounded-xs font-strong",
              SIGN[kind].className,
            )}
          >
            {SIGN[kind].sign}
          </span>
          <span className="sr-only">{kind}: </span>
          {text}
        </li>
      ))}
    </ul>
  );
}
