/** Stages as words, in the words of the enum, and as the ramp of the bar. */
import { Badge, type Tone } from "./badge";

export const STAGES = [
  "screening",
  "invited",
  "scheduled",
  "interviewing",
  "scoring",
  "in_review",
  "decided",
  "closed",
] as const;

export type Stage = (typeof STAGES)[number];

export const STAGE_WORD: Record<Stage, string> = {
  screening: "Screening",
  invited: "Invited",
  scheduled: "Scheduled",
  interviewing: "Interviewing",
  scoring: "Scoring",
  in_review: "In review",
  decided: "Decided",
  closed: "Closed",
};

const STAGE_TONE: Record<Stage, Tone> = {
  screening: "plain",
  invited: "plain",
  scheduled: "accent",
  interviewing: "accent",
  scoring: "accent",
  in_review: "attention",
  decided: "line",
  closed: "line",
};

export const stageColor = (stage: Stage): string => `var(--stage-${stage})`;

export function StageBadge({ stage }: { stage: Stage }) {
  return <Badge tone={STAGE_TONE[stage]}>{STAGE_WORD[stage]}</Badge>;
}

type BarProps = { counts: Partial<Record<Stage, number>> };

/** People by stage: widths by number, never thinner than can be seen. */
export function StageBar({ counts }: BarProps) {
  const present = STAGES.map((stage) => ({ stage, n: counts[stage] ?? 0 })).filter(
    ({ n }) => n > 0,
  );
  if (present.length === 0) return <span className="text-ink-2">Nobody yet</span>;
  const columns = present.map(({ n }) => `minmax(18px, ${n}fr)`).join(" ");
  const words = present.map(({ stage, n }) => `${STAGE_WORD[stage]} ${n}`).join(", ");
  return (
    <div role="img" aria-label={words}>
      <div className="grid gap-0.5" style={{ gridTemplateColumns: columns }}>
        {present.map(({ stage, n }) => (
          <i
            key={stage}
            title={`${STAGE_WORD[stage]}: ${n}`}
            className="h-1.5 rounded-[2px]"
            style={fill(stage)}
          />
        ))}
      </div>
      <div
        className="num mt-1 grid gap-0.5 text-12 text-ink-2"
        style={{ gridTemplateColumns: columns }}
      >
        {present.map(({ stage, n }) => (
          <span key={stage} className={stage === "in_review" ? "font-strong text-attention" : ""}>
            {n}
          </span>
        ))}
      </div>
    </div>
  );
}

function fill(stage: Stage) {
  const hollow = stage === "decided" || stage === "closed";
  if (hollow) return { boxShadow: `inset 0 0 0 1px ${stageColor(stage)}` };
  return { background: stageColor(stage) };
}

export function StageLegend() {
  return (
    <div className="flex flex-wrap gap-x-3.5 gap-y-1 text-12 text-ink-2" aria-hidden="true">
      {STAGES.filter((stage) => stage !== "closed").map((stage) => (
        <span key={stage} className="inline-flex items-center gap-1.5">
          <i className="size-2 rounded-[2px]" style={fill(stage)} /> {STAGE_WORD[stage]}
        </span>
      ))}
    </div>
  );
}
