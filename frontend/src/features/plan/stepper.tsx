/** A small number with less and more; typing works too. */
import { cx } from "@/lib/cx";

type Props = {
  label: string;
  value: number;
  unit: string;
  min: number;
  max: number;
  by?: number;
  className?: string;
  onChange: (value: number) => void;
};

export function Stepper({ label, value, unit, min, max, by = 1, className, onChange }: Props) {
  const set = (next: number) => onChange(Math.min(max, Math.max(min, next)));
  const edge = "h-full w-6.5 text-ink-2 font-strong hover:bg-sunken disabled:text-ink-3";
  return (
    <fieldset
      aria-label={label}
      className={cx(
        "num inline-flex h-7 flex-none items-center overflow-hidden rounded-s border border-ink-3 bg-surface",
        className,
      )}
    >
      <button
        type="button"
        className={edge}
        aria-label={`Less ${label}`}
        disabled={value <= min}
        onClick={() => set(value - by)}
      >
        −
      </button>
      <label className="flex h-full items-center border-x border-line text-12 font-strong">
        <span className="sr-only">{label}</span>
        <input
          inputMode="numeric"
          value={value}
          onChange={(event) => {
            const typed = Number.parseInt(event.target.value, 10);
            if (Number.isFinite(typed)) set(typed);
          }}
          className="h-full w-7 bg-transparent text-right focus-visible:-outline-offset-2"
        />
        <span className="pr-1.5 pl-0.5">{unit}</span>
      </label>
      <button
        type="button"
        className={edge}
        aria-label={`More ${label}`}
        disabled={value >= max}
        onClick={() => set(value + by)}
      >
        +
      </button>
    </fieldset>
  );
}
