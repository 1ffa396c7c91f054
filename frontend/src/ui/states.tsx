/** The other faces of a list: loading, empty, failed; and words on a tint. */
import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import { Button } from "./button";
import { Icon } from "./icon";
import type { IconName } from "./icons";

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx("block rounded-xs bg-line", className)} />;
}

/** A column of grey lines, for what takes under a second. `label` is read once. */
export function SkeletonRows({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map((row) => (
        <div
          key={row}
          className="flex h-15 items-center gap-6 border-b border-line px-4 last:border-0"
        >
          <Skeleton className="h-3 w-56 max-w-[40%]" />
          <Skeleton className="h-3 flex-1" />
          <Skeleton className="h-3 w-24 max-w-[15%]" />
        </div>
      ))}
    </div>
  );
}

type EmptyProps = { title: string; children?: ReactNode; action?: ReactNode };

/** Says why there is nothing and what to do next. */
export function EmptyState({ title, children, action }: EmptyProps) {
  return (
    <div className="grid justify-items-center gap-3 px-6 py-14 text-center">
      <h2 className="text-17 font-strong">{title}</h2>
      {children && <div className="max-w-[52ch] text-ink-2">{children}</div>}
      {action}
    </div>
  );
}

type ErrorProps = { title: string; detail?: ReactNode; safe?: string; onRetry?: () => void };

/** Says what happened, what is safe, what to do. */
export function ErrorState({ title, detail, safe, onRetry }: ErrorProps) {
  return (
    <div role="alert" className="grid justify-items-center gap-3 px-6 py-14 text-center">
      <Icon name="alert" size={24} className="text-trouble" />
      <h2 className="text-17 font-strong">{title}</h2>
      {detail && <p className="max-w-[52ch] text-ink-2">{detail}</p>}
      {safe && <p className="max-w-[52ch] text-ink-2">{safe}</p>}
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

const BANNER = {
  info: { box: "bg-info-tint", mark: "text-info", icon: "info" },
  attention: { box: "bg-attention-tint", mark: "text-attention", icon: "warning" },
  trouble: { box: "bg-trouble-tint", mark: "text-trouble", icon: "alert" },
  good: { box: "bg-good-tint", mark: "text-good", icon: "check" },
  plain: { box: "bg-sunken border border-line", mark: "text-ink-2", icon: "info" },
} as const satisfies Record<string, { box: string; mark: string; icon: IconName }>;

type BannerProps = {
  tone?: keyof typeof BANNER;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
};

export function Banner({ tone = "info", title, children, action }: BannerProps) {
  const { box, mark, icon } = BANNER[tone];
  return (
    <div
      role={tone === "trouble" ? "alert" : "note"}
      className={cx("flex flex-wrap items-start gap-x-3 gap-y-2 rounded-m px-3.5 py-2.5", box)}
    >
      <Icon name={icon} className={cx("mt-0.5", mark)} />
      <div className="min-w-0 flex-1 basis-48">
        {title && <p className="font-strong">{title}</p>}
        {children}
      </div>
      {action}
    </div>
  );
}

type ProgressProps = { label: string; value?: number; words?: string };

/** A bar with words for what takes longer; without `value` (0 to 1) it only says that work goes on. */
export function Progress({ label, value, words }: ProgressProps) {
  const percent = value === undefined ? undefined : Math.round(value * 100);
  return (
    <div className="grid gap-1.5">
      <div className="flex justify-between gap-3 text-12 text-ink-2">
        <span>{words ?? label}</span>
        {percent !== undefined && <span className="num">{percent} %</span>}
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-1 overflow-hidden rounded-full bg-line"
      >
        <div className="h-1 rounded-full bg-accent" style={{ width: `${percent ?? 30}%` }} />
      </div>
    </div>
  );
}
