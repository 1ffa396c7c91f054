/** A radio as large as its words: the browser's own keys, our looks. */
import type { ReactNode } from "react";
import { cx } from "@/lib/cx";

type Props = {
  name: string;
  label?: string;
  checked: boolean;
  className?: string;
  onChoose: () => void;
  children: ReactNode;
};

export function Pick({ name, label, checked, className, onChoose, children }: Props) {
  return (
    <label className="relative block">
      <input
        type="radio"
        name={name}
        aria-label={label}
        checked={checked}
        onChange={onChoose}
        className="peer absolute inset-0 m-0 size-full cursor-pointer scroll-mb-48 opacity-0 md:scroll-mb-0"
      />
      <span
        className={cx(
          "num grid place-items-center content-center rounded-m border border-line-strong bg-surface",
          "peer-hover:border-ink-3 peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent",
          "peer-checked:border-accent peer-checked:bg-accent peer-checked:font-strong peer-checked:text-accent-ink",
          "forced-colors:peer-checked:outline-2",
          className,
        )}
      >
        {children}
      </span>
    </label>
  );
}
