/** Ticks and one-of-many choices, as large as the words beside them. */
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/lib/cx";

type TickProps = Omit<ComponentProps<"input">, "type"> & { children: ReactNode };

/** A checkbox with its words in one target. */
export function Tick({ children, className, ...rest }: TickProps) {
  return (
    <label
      className={cx(
        "flex cursor-pointer items-start gap-3 rounded-m border border-line-strong bg-surface px-3 py-2.5",
        "has-checked:border-accent has-checked:bg-accent-tint",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
        className,
      )}
    >
      <input
        {...rest}
        type="checkbox"
        className="mt-0.5 size-5 flex-none accent-accent outline-none"
      />
      <span>{children}</span>
    </label>
  );
}

type Segment<T extends string> = { value: T; label: ReactNode; count?: number };

type SegmentedProps<T extends string> = {
  label: string;
  value: T;
  options: readonly Segment<T>[];
  onChange: (value: T) => void;
};

/** Two to four views of the same thing. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
}: SegmentedProps<T>) {
  return (
    <fieldset
      aria-label={label}
      className="inline-flex rounded-s border border-line-strong bg-surface"
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cx(
            "inline-flex h-[30px] items-center gap-1.5 border-l border-line px-3 font-strong first:rounded-l-[5px] first:border-l-0 last:rounded-r-[5px]",
            option.value === value ? "bg-accent-tint text-accent" : "text-ink-2 hover:bg-hover",
          )}
        >
          {option.label}
          {option.count !== undefined && <span className="num">{option.count}</span>}
        </button>
      ))}
    </fieldset>
  );
}
