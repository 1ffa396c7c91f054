/** Every kind of mail in both languages, and what is live of each. */
import { Link } from "@tanstack/react-router";
import type { TemplateRow } from "@/api/types";
import { cx } from "@/lib/cx";
import { LANGUAGE, MESSAGE_KIND } from "@/lib/words";
import type { Which } from "./queries";

type Props = { rows: readonly TemplateRow[]; open: Which };

export function TemplateList({ rows, open }: Props) {
  const kinds = [...new Set(rows.map((row) => row.kind))];
  return (
    <nav aria-label="Templates" className="panel max-h-56 overflow-y-auto md:max-h-none">
      <ul className="grid gap-px p-2">
        {kinds.map((kind) => (
          <li key={kind} className="flex flex-wrap items-center gap-x-1 gap-y-1 px-2 py-1">
            <span className="min-w-0 flex-1 basis-28">{MESSAGE_KIND[kind]}</span>
            {rows
              .filter((row) => row.kind === kind)
              .map((row) => (
                <TemplateLink
                  key={row.language}
                  row={row}
                  current={open.mail === row.kind && open.language === row.language}
                />
              ))}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function TemplateLink({ row, current }: { row: TemplateRow; current: boolean }) {
  const live = row.version === 0 ? "as shipped" : `version ${row.version} live`;
  const words = `${MESSAGE_KIND[row.kind]}, ${LANGUAGE[row.language]}: ${live}${row.draft ? ", draft begun" : ""}`;
  return (
    <Link
      to="/templates"
      search={{ mail: row.kind, language: row.language }}
      title={words}
      aria-current={current ? "page" : undefined}
      className={cx(
        "num inline-flex h-7 items-center gap-1 rounded-s border px-1.5 text-12 font-strong uppercase",
        current
          ? "border-accent bg-accent-tint text-accent"
          : "border-line text-ink-2 hover:bg-sunken",
      )}
    >
      {row.language}
      <span className="normal-case">{row.version > 0 && `v${row.version}`}</span>
      <span className="sr-only normal-case">, {words}</span>
      {row.draft && <span aria-hidden="true" className="size-1.5 rounded-full bg-accent" />}
    </Link>
  );
}
