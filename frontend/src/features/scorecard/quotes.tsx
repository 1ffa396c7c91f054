/** The candidate's own words that back a mark; a press plays them. */
import type { Evidence } from "@/api/types";
import { cx } from "@/lib/cx";
import { clock } from "@/lib/time";
import { Icon } from "@/ui";

type Props = {
  evidence: readonly Evidence[];
  currentMs: number | undefined;
  onQuote: (ms: number) => void;
};

export function Quotes({ evidence, currentMs, onQuote }: Props) {
  if (evidence.length === 0) return null;
  const heard = (one: Evidence) =>
    currentMs !== undefined && one.start_ms <= currentMs && currentMs < one.end_ms;
  return (
    <ul className="-mx-2 mt-2.5 grid gap-0.5">
      {evidence.map((one) => (
        <li key={`${one.turn_id} ${one.start_char} ${one.end_char}`}>
          <button
            type="button"
            onClick={() => onQuote(one.start_ms)}
            className={cx(
              "flex w-full items-start gap-2 rounded-xs px-2 py-1 text-left text-12 hover:bg-accent-tint",
              heard(one) ? "bg-accent-tint text-ink" : "text-ink-2",
            )}
          >
            <Icon name="play" size={14} className="mt-px text-accent" />
            <span className="min-w-0 flex-1 break-words">“{one.quote}”</span>
            <span className="num">{clock(one.start_ms)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
