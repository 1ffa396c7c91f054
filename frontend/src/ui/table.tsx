/** A dense table on hairlines; scrolls sideways inside its own box on a phone. */
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/lib/cx";

export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="panel relative overflow-x-auto">
      <table className="w-full border-collapse">{children}</table>
    </section>
  );
}

export function Th({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        "h-9 border-b border-line pr-4 text-left text-12 font-strong whitespace-nowrap text-ink-2 first:pl-4",
        className,
      )}
    />
  );
}

type RowProps = ComponentProps<"tr"> & { selected?: boolean };

/** `selected` is where the keyboard stands. */
export function Row({ selected, className, ...rest }: RowProps) {
  return (
    <tr
      {...rest}
      data-selected={selected || undefined}
      className={cx(
        "group border-b border-line last:border-0 hover:bg-hover data-selected:bg-accent-tint",
        className,
      )}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return (
    <td
      {...rest}
      className={cx(
        "h-15 py-2 pr-4 align-middle first:pl-4 group-data-selected:first:shadow-[inset_2px_0_0_var(--accent)]",
        className,
      )}
    />
  );
}
