/** The published versions of a template; each opens with what it changed. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { LineChange, Template } from "@/api/types";
import { cx } from "@/lib/cx";
import { plural, shortDate } from "@/lib/time";
import { Failed } from "@/shell/faces";
import { Dialog, SkeletonRows } from "@/ui";
import { versionQuery, type Which } from "./queries";

export function TemplateVersions({ which, template }: { which: Which; template: Template }) {
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <section aria-label="Versions" className="panel mt-4 px-4 py-3">
      <ol className="grid gap-1">
        {template.versions.map((row) => (
          <li key={row.version} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <button
              type="button"
              onClick={() => setOpened(row.version)}
              className={cx(
                "h-7 rounded-full border px-2.5 text-12 font-strong hover:bg-sunken",
                row.version === template.version
                  ? "border-good text-good"
                  : "border-line-strong text-ink-2",
              )}
            >
              {row.version === 0 ? "as shipped" : `v${row.version}`}
              {row.version === template.version && " live"}
            </button>
            <span className="text-12 text-ink-2">
              {row.published_at && `${shortDate(row.published_at)}, `}
              {row.published_by && `${row.published_by.name}, `}
              {row.used_in === 0 ? "no mail yet" : plural(row.used_in, "mail")}
            </span>
          </li>
        ))}
      </ol>
      {opened !== null && (
        <VersionDialog which={which} number={opened} onClose={() => setOpened(null)} />
      )}
    </section>
  );
}

type DialogProps = { which: Which; number: number; onClose: () => void };

function VersionDialog({ which, number, onClose }: DialogProps) {
  const { data, error, refetch } = useQuery(versionQuery(which, number));
  const title = number === 0 ? "As shipped" : `Version ${number}`;
  return (
    <Dialog open wide onOpenChange={onClose} title={title}>
      {error && <Failed what="This version" error={error} onRetry={refetch} />}
      {!data && !error && <SkeletonRows label="Loading the version" />}
      {data && data.changes.length === 0 && (
        <pre className="font-mono text-12 whitespace-pre-wrap">
          {data.subject}
          {"\n\n"}
          {data.text}
        </pre>
      )}
      <ul aria-label="Changes">
        {numbered(data?.changes ?? []).map((each) => (
          <li
            key={each.at}
            className={cx("px-2 font-mono text-12 whitespace-pre-wrap", TINT[each.sign])}
          >
            <span aria-hidden="true">{SIGN[each.sign]} </span>
            {each.sign !== "same" && <span className="sr-only">{each.sign}: </span>}
            {each.line || " "}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Lines of a version may be equal, and never change their order. */
const numbered = (changes: readonly LineChange[]) => changes.map((each, at) => ({ ...each, at }));

const SIGN = { same: " ", added: "+", removed: "−" } as const;
const TINT = {
  same: "",
  added: "bg-good-tint text-good",
  removed: "bg-trouble-tint text-trouble",
} as const;
