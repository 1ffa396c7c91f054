/** Choosing a level: by its anchor the first time, by its number afterwards. */
import type { Criterion } from "@/api/types";
import { cx } from "@/lib/cx";
import { Button } from "@/ui";

type PickerProps = {
  criterion: Criterion;
  disabled: boolean;
  onPick: (level: number | null) => void;
};

export function LevelPicker({ criterion, disabled, onPick }: PickerProps) {
  return (
    <fieldset className="mt-2.5" disabled={disabled}>
      <legend className="mb-1 text-12 font-strong text-ink-2">
        Your mark, from what you heard and read
      </legend>
      <div className="overflow-hidden rounded-s border border-line">
        {criterion.anchors.map((anchor) => (
          <button
            key={anchor.level}
            type="button"
            disabled={disabled}
            title={anchor.example || undefined}
            onClick={() => onPick(anchor.level)}
            className="flex min-h-8 w-full items-center gap-2.5 border-b border-line bg-surface px-2.5 py-1 text-left text-12 text-ink-2 last:border-0 enabled:hover:bg-accent-tint focus-visible:-outline-offset-2"
          >
            <i
              aria-hidden="true"
              className="size-3.5 flex-none rounded-full border-[1.5px] border-ink-3"
            />
            <b className="num w-2.5 text-14 text-ink">{anchor.level}</b>
            <span>{anchor.behaviour}</span>
          </button>
        ))}
      </div>
      <Button
        size="s"
        variant="quiet"
        className="mt-1"
        disabled={disabled}
        onClick={() => onPick(null)}
      >
        I cannot tell
      </Button>
    </fieldset>
  );
}

type FiveProps = {
  label: string;
  level: number | null;
  disabled: boolean;
  onPick: (level: number | null) => void;
};

const LEVELS = [1, 2, 3, 4, 5, null];

export function FiveLevels({ label, level, disabled, onPick }: FiveProps) {
  return (
    <fieldset
      aria-label={label}
      className="num inline-flex overflow-hidden rounded-s border border-ink-3"
    >
      {LEVELS.map((one) => (
        <button
          key={one ?? "none"}
          type="button"
          aria-pressed={one === level}
          aria-label={one === null ? "Cannot tell" : String(one)}
          title={one === null ? "Cannot tell" : undefined}
          disabled={disabled}
          onClick={() => one !== level && onPick(one)}
          className={cx(
            "grid h-[26px] w-9 place-items-center border-l border-line font-strong first:border-0 focus-visible:-outline-offset-2",
            one === level
              ? "bg-accent text-accent-ink"
              : "bg-surface text-ink-2 enabled:hover:bg-accent-tint",
          )}
        >
          {one ?? "?"}
        </button>
      ))}
    </fieldset>
  );
}
