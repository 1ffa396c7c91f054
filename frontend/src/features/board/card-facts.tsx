/** What a card says under the name: one fact, who is awaited, the next timer. */
import type { ReactNode } from "react";
import type { ApplicationRow } from "@/api/types";
import { cx } from "@/lib/cx";
import { exactTime, relativeTime, since } from "@/lib/time";
import { isOnUs, nextStep, WAITING_ON } from "@/lib/words";
import { Icon, type IconName, useMinute } from "@/ui";

const URGENT_MS = 24 * 3_600_000;

export function CardFacts({ row }: { row: ApplicationRow }) {
  const now = useMinute();
  const over = row.stage === "closed";
  const us = isOnUs(row.waiting_on);
  return (
    <>
      <Fact>{fact(row)}</Fact>
      {!over && (
        <Line icon={us ? "us" : row.waiting_on === "candidate" ? "person" : "system"} strong={us}>
          <b className={us ? "text-ink" : ""}>{WAITING_ON[row.waiting_on]}</b>
          <span title={exactTime(row.stage_since)}> · {since(row.stage_since, now)}</span>
        </Line>
      )}
      {row.due_at && !over && <Timer row={row} at={row.due_at} now={now} />}
    </>
  );
}

function fact(row: ApplicationRow): string {
  if (row.stage === "screening" && row.match_supported !== null && row.match_total)
    return `${row.match_supported} of ${row.match_total} requirements`;
  return nextStep(row);
}

function Fact({ children }: { children: string }) {
  return children ? <p>{children}</p> : null;
}

type TimerProps = { row: ApplicationRow; at: string; now: Date };

function Timer({ row, at, now }: TimerProps) {
  const left = new Date(at).getTime() - now.getTime();
  const word = row.waiting_on === "candidate" ? "Closes" : "Due";
  const tone =
    left < 0 ? "text-trouble font-strong" : left < URGENT_MS ? "text-attention font-strong" : "";
  return (
    <Line icon="clock" className={tone}>
      <span title={exactTime(at)}>
        {left < 0 ? "Was due" : word} {relativeTime(at, now)}
      </span>
    </Line>
  );
}

type LineProps = { icon: IconName; strong?: boolean; className?: string; children: ReactNode };

function Line({ icon, strong, className, children }: LineProps) {
  return (
    <p className={cx("num flex items-start gap-1.5", className)}>
      <Icon name={icon} size={14} className={cx("mt-px", strong ? "text-ink" : "")} />
      <span>{children}</span>
    </p>
  );
}
