/** One mark of the quotes lane: a letter that plays its quote, or a count that opens the list. */
import { clock } from "@/lib/time";
import { CriterionKey, Menu } from "@/ui";
import type { Quote } from "./quotes";

type Props = {
  quotes: readonly [Quote, ...Quote[]];
  left: string;
  onPlay: (ms: number) => void;
};

const MARK =
  "absolute top-1 grid h-6 min-w-6 -translate-x-1/2 place-items-center text-11 font-strong text-accent";
const FACE = "num grid h-4 min-w-4 place-items-center rounded-xs bg-accent-tint px-0.5";

export function QuoteMark({ quotes, left, onPlay }: Props) {
  const [first, ...others] = quotes;
  if (others.length === 0)
    return (
      <button
        type="button"
        aria-label={`Quote under ${first.letter} at ${clock(first.startMs)}`}
        onClick={() => onPlay(first.startMs)}
        style={{ left }}
        className={MARK}
      >
        <span className={FACE}>{first.letter}</span>
      </button>
    );
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`${quotes.length} quotes from ${clock(first.startMs)}, under ${lettersOf(quotes)}`}
          style={{ left }}
          className={MARK}
        >
          <span className={FACE}>×{quotes.length}</span>
        </button>
      }
      items={quotes.map((quote) => ({
        label: (
          <>
            <CriterionKey letter={quote.letter} />
            <span className="num text-12 text-ink-2">{clock(quote.startMs)}</span>
            <span className="max-w-72 truncate">“{quote.text}”</span>
          </>
        ),
        onSelect: () => onPlay(quote.startMs),
      }))}
    />
  );
}

const lettersOf = (quotes: readonly Quote[]): string =>
  [...new Set(quotes.map(({ letter }) => letter))].toSorted().join(", ");
