/** Whose turn it is: one place that changes shape, word and tint, and never pulses. */
import { cx } from "@/lib/cx";
import type { Shape, Sign, Tint } from "./sign";

const TINT: Record<Tint, { box: string; ink: string }> = {
  good: { box: "bg-good-tint border-good/40", ink: "text-good" },
  accent: { box: "bg-accent-tint border-accent-line", ink: "text-accent" },
  plain: { box: "bg-sunken border-line-strong", ink: "text-ink-2" },
  off: { box: "bg-bg border-dashed border-line-strong", ink: "text-ink-2" },
  attention: { box: "bg-attention-tint border-attention/40", ink: "text-attention" },
};

export function TurnSign({ sign }: { sign: Sign }) {
  const { box, ink } = TINT[sign.tint];
  const plainWord = sign.tint === "plain" || sign.tint === "off";
  return (
    <div
      role="status"
      aria-label="Whose turn it is"
      className={cx(
        "flex min-h-24 items-center gap-4 rounded-m border p-4 sm:min-h-32 sm:gap-6 sm:px-7 sm:py-5",
        box,
      )}
    >
      <ShapeOf shape={sign.shape} className={ink} />
      <div>
        <p
          className={cx(
            "text-24 font-strong tracking-[-0.02em] sm:text-32",
            plainWord ? "text-ink" : ink,
          )}
        >
          {sign.word}
        </p>
        <p className="text-14 text-ink-2 sm:text-17">{sign.hint}</p>
      </div>
    </div>
  );
}

function ShapeOf({ shape, className }: { shape: Shape; className: string }) {
  return (
    <svg
      viewBox="0 0 80 80"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cx("size-14 flex-none sm:size-20", className)}
    >
      {SHAPES[shape]}
    </svg>
  );
}

const solid = { fill: "currentColor", stroke: "none" } as const;

const SHAPES: Record<Shape, React.ReactNode> = {
  rings: (
    <>
      <circle cx={40} cy={40} r={12} {...solid} />
      <circle cx={40} cy={40} r={24} />
      <circle cx={40} cy={40} r={36} opacity={0.55} />
    </>
  ),
  ring: (
    <>
      <circle cx={40} cy={40} r={36} opacity={0.55} />
      <circle cx={40} cy={40} r={12} {...solid} />
    </>
  ),
  bars: <path strokeWidth={6} d="M10 34v12M25 22v36M40 12v56M55 22v36M70 34v12" />,
  dots: (
    <g {...solid}>
      <circle cx={16} cy={40} r={7} />
      <circle cx={40} cy={40} r={7} />
      <circle cx={64} cy={40} r={7} />
    </g>
  ),
  pause: (
    <g {...solid}>
      <rect x={24} y={18} width={10} height={44} rx={3} />
      <rect x={46} y={18} width={10} height={44} rx={3} />
    </g>
  ),
  break: <path strokeWidth={4} d="M10 40h18M52 40h18M34 28l12 24M46 28L34 52" />,
  door: <path strokeWidth={4} d="M26 66V16h28v50M18 66h44M46 40v4" />,
};
