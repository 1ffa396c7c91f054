/** The criteria: order by drag or keys, weights that must sum to 100 %, anchors to open. */
import { useState } from "react";
import type { Criterion, Plan } from "@/api/types";
import { cx } from "@/lib/cx";
import { Badge, Button, CriterionKey, Icon, IconButton } from "@/ui";
import { Anchors } from "./anchors";
import { changedLevels } from "./diff";
import { addCriterion, letter, MAX_CRITERIA, moveCriterion, setWeight, weightSum } from "./draft";
import { SortableItem, SortableList } from "./sortable";
import { Stepper } from "./stepper";

type Change = (next: (plan: Plan) => Plan) => void;
type Props = { draft: Plan; live: Plan | undefined; change: Change; readOnly: boolean };

export function CriteriaPanel({ draft, live, change, readOnly }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  const criteria = draft.rubric.criteria;
  const sum = weightSum(draft);
  const name = (id: string) => criteria.find((one) => one.id === id)?.name || "New criterion";
  return (
    <section aria-label="Criteria" className="panel overflow-hidden">
      <header className="flex h-12 items-center gap-2 border-b border-line pr-3 pl-4">
        <h2 className="font-strong">Criteria</h2>
        <span
          className={cx("num text-12", sum === 100 ? "text-ink-2" : "font-strong text-attention")}
        >
          weights sum to {sum} %
        </span>
        {!readOnly && criteria.length < MAX_CRITERIA && (
          <Button size="s" className="ml-auto" onClick={() => change(addCriterion)}>
            <Icon name="plus" /> Criterion
          </Button>
        )}
      </header>
      <WeightBar criteria={criteria} />
      <SortableList
        label="Criteria in order"
        ids={criteria.map((one) => one.id)}
        nameOf={name}
        onMove={(from, to) => change((plan) => moveCriterion(plan, from, to))}
      >
        {criteria.map((criterion, index) => (
          <SortableItem
            key={criterion.id}
            id={criterion.id}
            name={name(criterion.id)}
            open={open === criterion.id}
            onNudge={(by) => change((plan) => moveCriterion(plan, index, index + by))}
          >
            {(handle) => (
              <>
                <div className="flex min-h-14 items-center gap-2 py-2 pr-2 pl-1">
                  {!readOnly && handle}
                  <CriterionLine
                    criterion={criterion}
                    index={index}
                    was={live?.rubric.criteria.find((one) => one.id === criterion.id)}
                    fresh={Boolean(live)}
                    readOnly={readOnly}
                    open={open === criterion.id}
                    onToggle={() => setOpen(open === criterion.id ? null : criterion.id)}
                    change={change}
                  />
                </div>
                {open === criterion.id && (
                  <Anchors criterion={criterion} change={change} readOnly={readOnly} />
                )}
              </>
            )}
          </SortableItem>
        ))}
      </SortableList>
    </section>
  );
}

function WeightBar({ criteria }: { criteria: readonly Criterion[] }) {
  return (
    <div aria-hidden="true" className="mx-4 my-3 flex gap-0.5">
      {criteria.map((one, index) => (
        <i
          key={one.id}
          style={{ flex: one.weight }}
          className="grid h-5 min-w-4 place-items-center rounded-[3px] bg-accent-tint text-12 font-strong text-accent not-italic"
        >
          {letter(index)}
        </i>
      ))}
    </div>
  );
}

type LineProps = {
  criterion: Criterion;
  index: number;
  was: Criterion | undefined;
  /** There is a live version to compare with. */
  fresh: boolean;
  readOnly: boolean;
  open: boolean;
  onToggle: () => void;
  change: Change;
};

function CriterionLine({
  criterion,
  index,
  was,
  fresh,
  readOnly,
  open,
  onToggle,
  change,
}: LineProps) {
  const name = criterion.name || "New criterion";
  const reworded = was ? changedLevels(was, criterion) : [];
  const changed = was && (reworded.length > 0 || was.weight !== criterion.weight);
  return (
    <>
      <CriterionKey letter={letter(index)} on={open} />
      <button
        type="button"
        onClick={onToggle}
        aria-expanded={open}
        className="ml-1 min-w-0 flex-1 text-left"
      >
        <span className="flex flex-wrap items-center gap-x-2">
          <b>{name}</b>
          {fresh && !was && (
            <Badge small tone="good">
              new
            </Badge>
          )}
          {changed && (
            <Badge small tone="info">
              changed
            </Badge>
          )}
        </span>
        <span className="block text-12 text-ink-2">{about(criterion, reworded)}</span>
      </button>
      {was && was.weight !== criterion.weight && (
        <span className="num hidden text-12 text-ink-2 sm:inline">
          was <s>{was.weight}</s>
        </span>
      )}
      {readOnly ? (
        <span className="num pr-2 text-ink-2">{criterion.weight} %</span>
      ) : (
        <Stepper
          label={`weight of ${name}`}
          value={criterion.weight}
          unit="%"
          min={1}
          max={100}
          by={5}
          onChange={(weight) => change((plan) => setWeight(plan, criterion.id, weight))}
        />
      )}
      <IconButton
        size="s"
        variant="quiet"
        label={open ? `Close ${name}` : `Open ${name}`}
        aria-expanded={open}
        onClick={onToggle}
        className="w-6"
      >
        <Icon name={open ? "down" : "right"} />
      </IconButton>
    </>
  );
}

function about(criterion: Criterion, reworded: readonly number[]): string {
  const examples = criterion.anchors.filter((anchor) => anchor.example?.trim()).length;
  if (reworded.length > 0) return `Anchors 1 to 5, anchor ${reworded.join(", ")} reworded`;
  if (examples === 0) return "Anchors 1 to 5, no examples yet";
  return `Anchors 1 to 5, ${examples} ${examples === 1 ? "example" : "examples"}`;
}
