/** Buttons, and links that look like them. One primary a screen. */
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cx } from "@/lib/cx";

const VARIANT = {
  default: "border-line-strong bg-surface text-ink hover:border-ink-3",
  primary: "border-accent bg-accent text-accent-ink hover:opacity-92",
  quiet: "border-transparent bg-transparent text-ink-2 hover:bg-sunken",
  danger: "border-trouble bg-surface text-trouble hover:bg-trouble-tint",
} as const;

const SIZE = {
  s: "h-7 px-2.5 text-12 rounded-s gap-1.5",
  m: "h-8 px-3 text-14 rounded-s gap-2",
  touch: "min-h-11 px-3.5 py-2 text-14 rounded-m gap-2",
  l: "min-h-12 px-5 py-2.5 text-17 rounded-m gap-2.5",
} as const;

const ICON_SIZE = { s: "w-7 px-0", m: "w-8 px-0", touch: "w-11 px-0", l: "w-12 px-0" } as const;

const DISABLED =
  "disabled:border-line disabled:bg-sunken disabled:text-ink-2 aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-ink-2";

type Look = {
  variant?: keyof typeof VARIANT;
  size?: keyof typeof SIZE;
};

export type ButtonProps = ComponentProps<"button"> & Look & { asChild?: boolean };

/** `asChild` gives the look to the single child, usually a router link. */
export function Button({ variant, size, asChild, className, ...rest }: ButtonProps) {
  const Tag = asChild ? Slot.Root : "button";
  const type = asChild ? undefined : (rest.type ?? "button");
  return <Tag {...rest} type={type} className={cx(look({ variant, size }), className)} />;
}

export type IconButtonProps = Omit<ButtonProps, "aria-label"> & { label: string };

/** A square button whose name is only heard: `label` is required. */
export function IconButton({ label, variant, size = "m", className, ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      variant={variant}
      size={size}
      aria-label={label}
      title={rest.title ?? label}
      className={cx(ICON_SIZE[size], className)}
    />
  );
}

export function look({ variant = "default", size = "m" }: Look): string {
  return cx(
    "inline-flex items-center justify-center border font-strong whitespace-nowrap select-none",
    "transition-colors duration-100",
    VARIANT[variant],
    SIZE[size],
    DISABLED,
  );
}
