/** One criterion of a scorecard: anchors to choose from, what was suggested, the quotes. */
import { useState } from "react";
import type { CriterionCard, Mark } from "@/api/types";
import { cx } from "@/lib/cx";
import { plain } from "@/lib/words";
import { Badge, CriterionKey, Icon, Input, SandboxBadge } from "@/ui";
import { FiveLevels, LevelPicker } from "./levels";
import { Quotes } from "./quotes";
import { agreement, hiddenWords } from "./totals";

type Props = {
  card: CriterionCard;
  letter: string;
  open: boolean;
  editable: boolean;
  busy: boolean;
  currentMs: number | undefined;
  onOpen: () => void;
  onMark: (level: number | null, note: string) => void;
  onQuote: (ms: number) => void;
};

export function CriterionCardView({
  card,
  letter,
  open,
  editable,
  busy,
  currentMs,
  onOpen,
  onMark,
  onQuote,
}: Props) {
  const { criterion, own, suggested, others } = card;
  const evidence = [own, suggested, ...others].flatMap((mark) => mark?.evidence ?? []);
  const hidden = hiddenWords(card);
  return (
    <article
      className={cx(
        "border-b border-line px-4 py-3",
        open && "bg-hover shadow-[inset_2px_0_0_var(--accent)]",
      )}
    >
      <h3>
        <button
          type="button"
          aria-expanded={open}
          onClick={onOpen}
          className="flex w-full items-center gap-2 text-left text-14"
        >
          <CriterionKey letter={letter} on={open} plain={!open && own === null} />
          <b className="min-w-0 flex-1">{criterion.name}</b>
          <span className="num text-12 text-ink-2">
            {evidence.length > 0 &&
              `${evidence.length} ${evidence.length === 1 ? "quote" : "quotes"} · `}
            {criterion.weight} %
          </span>
        </button>
      </h3>
      {open && own === null && (
        <LevelPicker
          criterion={criterion}
          disabled={!editable || busy}
          onPick={(level) => onMark(level, "")}
        />
      )}
      {own && <OwnMark card={card} own={own} editable={editable && !busy} onMark={onMark} />}
      {suggested && <Suggested own={own} mark={suggested} />}
      {own && !suggested && <p className="mt-1.5 text-12 text-ink-2">No mark was suggested.</p>}
      {others.map((mark) => (
        <p key={mark.id} className="num mt-1.5 text-12 text-ink-2">
          {mark.by?.name ?? "A colleague"}:{" "}
          <b className="text-14 text-ink">{mark.level ?? "cannot tell"}</b>
        </p>
      ))}
      {open && <Quotes evidence={evidence} currentMs={currentMs} onQuote={onQuote} />}
      {open && hidden && (
        <p className="mt-2.5 flex min-h-8 items-center gap-2 rounded-s border border-dashed border-line-strong px-2.5 py-1 text-12 text-ink-2">
          <Icon name="hidden" /> {hidden}
        </p>
      )}
    </article>
  );
}

type OwnProps = {
  card: CriterionCard;
  own: Mark;
  editable: boolean;
  onMark: (level: number | null, note: string) => void;
};

function OwnMark({ card, own, editable, onMark }: OwnProps) {
  const [note, setNote] = useState(own.note);
  const differs = agreement(own, card.suggested)?.tone === "attention";
  return (
    <>
      <div className="mt-1.5 flex min-h-7 items-center gap-2">
        <span className="w-16 flex-none text-12 text-ink-2">Yours</span>
        <FiveLevels
          label={`Your mark for ${card.criterion.name}`}
          level={own.level}
          disabled={!editable}
          onPick={(level) => onMark(level, note)}
        />
      </div>
      {(differs || own.note) && (
        <Input
          aria-label={`Why you mark ${card.criterion.name} so`}
          placeholder="Why do you differ? One sentence helps the rubric."
          className="mt-2 text-12!"
          maxLength={4000}
          disabled={!editable}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onBlur={() => note !== own.note && onMark(own.level, note)}
        />
      )}
    </>
  );
}

function Suggested({ own, mark }: { own: Mark | null; mark: Mark }) {
  const match = agreement(own, mark);
  return (
    <div className="mt-1.5 flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1 text-12 text-ink-2">
      <span className="w-16 flex-none">Suggested</span>
      {mark.level === null ? (
        <span>cannot tell{mark.reason_code && `: ${plain(mark.reason_code).toLowerCase()}`}</span>
      ) : (
        <span className="num" title={`n = ${mark.samples} samples`}>
          <b className="text-14 text-ink">{mark.level}</b> of 5{spread(mark)}
        </span>
      )}
      {mark.provenance === "sandbox" && <SandboxBadge />}
      {match && (
        <span className="ml-auto">
          <Badge tone={match.tone}>{match.word}</Badge>
        </span>
      )}
    </div>
  );
}

function spread({ spread_low, spread_high, samples }: Mark): string {
  if (spread_low === null || spread_high === null || samples < 2) return "";
  return `, spread ${spread_low}–${spread_high}`;
}
