/** A native select in our dress: it is already perfect for keyboards, phones and readers. */
import type { ComponentProps } from "react";
import { cx } from "@/lib/cx";
import { Icon } from "./icon";

export type Option = { value: string; label: string };

type Props = ComponentProps<"select"> & { options: readonly Option[]; look?: "field" | "filter" };

export function Select({ options, look = "field", className, ...rest }: Props) {
  return (
    <span className={cx("relative inline-flex", look === "field" && "w-full", className)}>
      <select
        {...rest}
        className={cx(
          "h-8 w-full appearance-none pr-8 text-14 disabled:border-line-strong disabled:bg-sunken disabled:text-ink-2",
          LOOK[look],
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="down" className="pointer-events-none absolute top-2 right-2.5 text-ink-2" />
    </span>
  );
}

const LOOK = {
  field: "control pl-2.5",
  filter: "rounded-s border border-line-strong bg-surface pl-2.5 text-ink-2 hover:border-ink-3",
} as const;
