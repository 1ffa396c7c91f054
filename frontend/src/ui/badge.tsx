/** Small words on a tint. Colour repeats what the word says, it never says it alone. */
import type { ReactNode } from "react";
import { cx } from "@/lib/cx";

const TONE = {
  plain: "bg-sunken text-ink-2",
  line: "border border-line-strong text-ink-2",
  accent: "bg-accent-tint text-accent",
  good: "bg-good-tint text-good",
  attention: "bg-attention-tint text-attention",
  trouble: "bg-trouble-tint text-trouble",
  info: "bg-info-tint text-info",
} as const;

export type Tone = keyof typeof TONE;

type BadgeProps = { tone?: Tone; small?: boolean; title?: string; children: ReactNode };

export function Badge({ tone = "plain", small, title, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={cx(
        "inline-flex items-center gap-1.5 rounded-full text-12 font-strong whitespace-nowrap",
        small ? "h-4.5 px-1.5" : "h-5.5 px-2",
        TONE[tone],
      )}
    >
      {children}
    </span>
  );
}

/** Stands beside every suggested mark that came from the sandbox. */
export function SandboxBadge() {
  return (
    <span
      title="A stand-in judge, not a model: it counts in no total"
      className="inline-flex h-5 items-center rounded-xs border border-dashed border-line-strong px-1.5 text-12 font-strong whitespace-nowrap text-ink-2"
    >
      sandbox
    </span>
  );
}

/** The letter of a criterion; the same letter everywhere. */
export function CriterionKey({
  letter,
  on,
  plain,
}: {
  letter: string;
  on?: boolean;
  plain?: boolean;
}) {
  const tone = on ? "bg-accent text-accent-ink" : plain ? "bg-sunken text-ink-2" : TONE.accent;
  return (
    <span
      className={cx(
        "inline-grid size-5 flex-none place-items-center rounded-xs text-12 font-strong",
        tone,
      )}
    >
      {letter}
    </span>
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="hidden rounded-xs border border-b-2 border-current/40 px-1.25 font-sans text-11 font-strong sm:inline-block">
      {children}
    </kbd>
  );
}

export function Dot({ tone }: { tone: "good" | "attention" | "trouble" | "info" | "plain" }) {
  return <span className={cx("inline-block size-2 flex-none rounded-full", DOT[tone])} />;
}

const DOT = {
  good: "bg-good",
  attention: "bg-attention",
  trouble: "bg-trouble",
  info: "bg-info",
  plain: "bg-ink-3",
} as const;
