/** The transcript: it follows the voice, a press on a turn plays it, quotes are underlined. */
import { useEffect, useState } from "react";
import type { Interview, Turn } from "@/api/types";
import { cx } from "@/lib/cx";
import { pieces, wordAt } from "@/lib/pieces";
import { clock } from "@/lib/time";
import { Badge, CriterionKey } from "@/ui";
import type { Quote } from "./quotes";
import { turnAt } from "./timeline";
import type { Player } from "./use-player";

type Props = {
  interview: Interview;
  player: Player;
  quotes: readonly Quote[];
  letters: readonly string[];
  name: string;
};

export function Transcript({ interview, player, quotes, letters, name }: Props) {
  const [only, setOnly] = useState<string | null>(null);
  const now = turnAt(interview.turn_list, player.ms)?.id;
  const quoted = new Set(quotes.map((quote) => quote.letter));
  const shown = only ? quotes.filter((quote) => quote.letter === only) : quotes;
  useEffect(() => {
    if (player.playing && now)
      document.getElementById(`turn-${now}`)?.scrollIntoView({ block: "nearest" });
  }, [player.playing, now]);
  return (
    <section aria-label="Transcript" className="panel">
      <header className="flex min-h-12 flex-wrap items-center gap-2 border-b border-line py-2 pr-3 pl-4">
        <h2 className="font-strong">Transcript</h2>
        {player.playing && <Badge tone="accent">follows the voice</Badge>}
        {quoted.size > 0 && (
          <span className="ml-auto flex items-center gap-2 text-12 text-ink-2">
            Quotes of
            <span className="flex gap-1">
              {letters
                .filter((one) => quoted.has(one))
                .map((one) => (
                  <button
                    key={one}
                    type="button"
                    aria-pressed={only === one}
                    aria-label={`Only quotes of ${one}`}
                    onClick={() => setOnly(only === one ? null : one)}
                    className="grid size-6 place-items-center"
                  >
                    <CriterionKey letter={one} on={only === one} />
                  </button>
                ))}
            </span>
          </span>
        )}
      </header>
      <ol className="grid gap-1 px-4 pt-2 pb-4">
        {interview.turn_list.map((turn) => (
          <TurnRow
            key={turn.id}
            turn={turn}
            name={turn.speaker === "candidate" ? name : "Interviewer"}
            now={turn.id === now && player.ms > 0}
            ms={player.ms}
            quotes={shown.filter(
              (one) => one.turnId === turn.id && one.turnVersion === turn.version,
            )}
            onPlay={() => player.seek(turn.start_ms, true)}
          />
        ))}
      </ol>
    </section>
  );
}

type RowProps = {
  turn: Turn;
  name: string;
  now: boolean;
  ms: number;
  quotes: readonly Quote[];
  onPlay: () => void;
};

function TurnRow({ turn, name, now, ms, quotes, onPlay }: RowProps) {
  const play = () => {
    // Somebody who selects words to copy them does not ask to hear them.
    if (window.getSelection()?.isCollapsed ?? true) onPlay();
  };
  return (
    <li
      id={`turn-${turn.id}`}
      className={cx(
        "grid gap-x-2 py-1.5 sm:grid-cols-[88px_minmax(0,1fr)]",
        now && "-mx-4 bg-accent-tint px-4 shadow-[inset_2px_0_0_var(--accent)]",
      )}
    >
      <button
        type="button"
        onClick={onPlay}
        className="flex items-baseline gap-2 self-start pt-0.5 text-left text-12 text-ink-2 hover:text-accent sm:block"
      >
        <span className="sr-only">Play from here: </span>
        <b className="block">{name}</b>
        <span className="num">{clock(turn.start_ms)}</span>
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button at the left does the same by keyboard */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <div onClick={play} className="max-w-[68ch] cursor-pointer">
        <p
          className={cx(
            "break-words whitespace-pre-wrap",
            turn.speaker === "interviewer" && "text-ink-2",
          )}
        >
          <Words turn={turn} ms={now ? ms : null} quotes={quotes} />
        </p>
        <TurnNotes turn={turn} />
      </div>
    </li>
  );
}

function TurnNotes({ turn }: { turn: Turn }) {
  const unsure = turn.speaker === "candidate" && !turn.reliable && !turn.confirmed;
  const notes = [
    turn.state === "open" && "still growing",
    turn.source === "typed" && "typed",
    unsure && "heard by a recogniser that is often wrong; backs no mark yet",
    turn.version > 1 && "corrected by the candidate",
  ].filter(Boolean);
  if (notes.length === 0) return null;
  return <p className="mt-0.5 text-12 text-ink-2">{notes.join(" · ")}</p>;
}

type WordsProps = { turn: Turn; ms: number | null; quotes: readonly Quote[] };

function Words({ turn, ms, quotes }: WordsProps) {
  const word = ms === null ? null : wordAt(turn.text, turn.words, ms);
  const spans = [...quotes, ...(word ? [word] : [])];
  const ends = new Map(quotes.map((quote) => [quote.end, quote.letter]));
  return pieces(turn.text, spans).map((piece) => {
    const spoken = piece.ids.includes("word");
    const quoted = piece.ids.some((id) => id !== "word");
    const letter = quoted ? ends.get(piece.start + [...piece.text].length) : undefined;
    return (
      <span key={piece.start}>
        <span
          className={cx(
            quoted && "underline decoration-accent-line decoration-2 underline-offset-4",
            spoken && "rounded-[3px] bg-accent text-accent-ink no-underline",
          )}
        >
          {piece.text}
        </span>
        {letter && (
          <span className="mx-1 inline-block align-[-4px]">
            <span className="sr-only">quoted under </span>
            <CriterionKey letter={letter} on={ms !== null} />
          </span>
        )}
      </span>
    );
  });
}
