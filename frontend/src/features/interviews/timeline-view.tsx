/** The timeline: questions, both voices, where quotes stand, where no sound is; one playhead. */
import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import type { Gap, Interview } from "@/api/types";
import { cx } from "@/lib/cx";
import { clock } from "@/lib/time";
import { gapsOf, gapWords, isLoss, isVoice } from "./gaps";
import { QuoteMark } from "./quote-mark";
import { marksOf, type Quote } from "./quotes";
import { chapters, lengthOf, ticks } from "./timeline";
import type { Player } from "./use-player";

type Props = { interview: Interview; player: Player; quotes: readonly Quote[]; name: string };
type Bar = { key: string; start: number; end: number; className: string; title?: string };

const STEP_MS = 5000;
/** No figure of the axis stands this close to the playhead's own, as a share of the length. */
const CLEAR = 0.05;

export function TimelineView({ interview, player, quotes, name }: Props) {
  const length = lengthOf(interview);
  const at = (ms: number) => `${(Math.min(ms, length) / length) * 100}%`;
  const voices = (speaker: "candidate" | "interviewer", tone: string): Bar[] =>
    interview.turn_list
      .filter((turn) => turn.speaker === speaker)
      .map((turn) => ({
        key: turn.id,
        start: turn.start_ms,
        end: turn.end_ms,
        className: cx(
          tone,
          turn.start_ms > player.ms && "opacity-45",
          turn.source !== "voice" && "h-1! self-center",
        ),
        title: turn.source === "voice" ? undefined : "typed",
      }));
  const gaps = gapsOf(interview).map(gapBar);
  const lanes = [
    { label: "No sound", bars: gaps.filter((bar) => bar.voice) },
    { label: "No picture", bars: gaps.filter((bar) => !bar.voice) },
  ].filter((lane) => lane.bars.length > 0);
  return (
    <div className="relative grid grid-cols-[72px_minmax(0,1fr)] text-12 text-ink-2 sm:grid-cols-[96px_minmax(0,1fr)]">
      {/* On a phone both would be too small to hit; the transcript below leads to the same places. */}
      <div className="col-start-2 hidden h-7 sm:flex">
        <div style={{ flexGrow: chapters(interview)[0]?.start ?? 0 }} />
        {chapters(interview).map((chapter) => (
          <button
            key={chapter.id}
            type="button"
            title={chapter.label}
            onClick={() => player.seek(chapter.start, true)}
            style={{ flexGrow: chapter.end - chapter.start }}
            className={cx(
              // As long as the question took, but never too narrow to hit.
              "h-6 min-w-6 basis-0 overflow-hidden rounded-xs border-r-2 border-surface px-1.5 text-left text-ellipsis whitespace-nowrap",
              chapter.start <= player.ms && player.ms < chapter.end
                ? "bg-accent-tint font-strong text-accent"
                : "bg-sunken",
            )}
          >
            {chapter.label}
          </button>
        ))}
      </div>
      <Lane label="Interviewer" at={at} bars={voices("interviewer", "bg-ink-3")} />
      <Lane label={name} at={at} bars={voices("candidate", "bg-accent")} />
      {lanes.map((lane) => (
        <Lane key={lane.label} label={lane.label} at={at} bars={lane.bars} />
      ))}
      {quotes.length > 0 && (
        <LaneFrame label="Quotes" className="hidden sm:block">
          {marksOf(quotes, length).map((mark) => (
            <QuoteMark
              key={mark[0].id}
              quotes={mark}
              left={at(mark[0].startMs)}
              onPlay={(ms) => player.seek(ms, true)}
            />
          ))}
        </LaneFrame>
      )}
      <div className="pointer-events-none absolute top-0 right-0 bottom-7 left-[72px] sm:top-7 sm:left-[96px]">
        <i style={{ left: at(player.ms) }} className="absolute inset-y-0 w-[1.5px] bg-accent" />
      </div>
      <Axis length={length} at={at} player={player} />
    </div>
  );
}

function gapBar(gap: Gap): Bar & { voice: boolean } {
  return {
    key: `${gap.source} ${gap.start_ms}`,
    start: gap.start_ms,
    end: gap.end_ms,
    className: isLoss(gap)
      ? "border border-attention bg-attention-tint"
      : "border border-line-strong bg-sunken",
    title: gapWords(gap),
    voice: isVoice(gap),
  };
}

type LaneProps = { label: string; at: (ms: number) => string; bars: readonly Bar[] };

function Lane({ label, at, bars }: LaneProps) {
  return (
    <LaneFrame label={label}>
      {bars.map((bar) => (
        <i
          key={bar.key}
          title={bar.title}
          style={{ left: at(bar.start), width: `max(2px, ${at(bar.end - bar.start)})` }}
          className={cx("absolute top-1/2 h-3 -translate-y-1/2 rounded-[3px]", bar.className)}
        />
      ))}
    </LaneFrame>
  );
}

type FrameProps = { label: string; className?: string; children: ReactNode };

function LaneFrame({ label, className, children }: FrameProps) {
  return (
    <>
      <span className={cx("border-t border-line pr-2 leading-8 break-words", className)}>
        {label}
      </span>
      <div className={cx("relative h-8 border-t border-line", className)}>{children}</div>
    </>
  );
}

type AxisProps = { length: number; at: (ms: number) => string; player: Player };

/** The axis is the slider: press anywhere on it, or use the arrow keys. */
function Axis({ length, at, player }: AxisProps) {
  const press = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    player.seek(((event.clientX - box.left) / box.width) * length);
  };
  const keys = (event: KeyboardEvent) => {
    const by = {
      ArrowRight: STEP_MS,
      ArrowLeft: -STEP_MS,
      PageUp: 6 * STEP_MS,
      PageDown: -6 * STEP_MS,
    }[event.key];
    const to =
      { Home: 0, End: length }[event.key] ?? (by === undefined ? undefined : player.ms + by);
    if (to === undefined) return;
    event.preventDefault();
    player.seek(Math.min(length, Math.max(0, to)));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Place in the interview"
      aria-valuemin={0}
      aria-valuemax={Math.round(length / 1000)}
      aria-valuenow={Math.round(player.ms / 1000)}
      aria-valuetext={`${clock(player.ms)} of ${clock(length)}`}
      onPointerDown={press}
      onKeyDown={keys}
      className="num relative col-start-2 h-7 cursor-pointer border-t border-line pt-1"
    >
      {ticks(length)
        .filter((ms) => Math.abs(ms - player.ms) > length * CLEAR)
        .map((ms) => (
          <span
            key={ms}
            style={{ left: at(ms) }}
            className={cx(
              "absolute hidden sm:inline",
              ms === 0 ? "" : ms > length * (1 - CLEAR) ? "-translate-x-full" : "-translate-x-1/2",
            )}
          >
            {clock(ms)}
          </span>
        ))}
      <span
        style={{ left: at(player.ms) }}
        className="absolute top-1 -translate-x-1/2 rounded-xs bg-accent px-1.5 py-0.5 font-strong text-accent-ink"
      >
        {clock(player.ms)}
      </span>
    </div>
  );
}
