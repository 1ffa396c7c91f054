/** One criterion opened: its name, its dimension, and what a reviewer sees at each level. */
import type { Criterion, Plan } from "@/api/types";
import { plain } from "@/lib/words";
import { Button, Field, Icon, Input, Select } from "@/ui";
import { changeAnchor, changeCriterion, removeCriterion } from "./draft";

const DIMENSIONS = ["technical", "communication", "culture"] as const;

type Props = {
  criterion: Criterion;
  change: (next: (plan: Plan) => Plan) => void;
  readOnly: boolean;
};

export function Anchors({ criterion, change, readOnly }: Props) {
  return (
    <div className="mr-4 mb-3 ml-4 grid gap-3 sm:ml-8">
      {!readOnly && <Naming criterion={criterion} change={change} />}
      <div className="overflow-hidden rounded-s border border-line text-12">
        <div className="grid grid-cols-[20px_minmax(0,1fr)] gap-3 bg-sunken px-3 py-2 font-strong text-ink-2 sm:grid-cols-[20px_minmax(0,1fr)_172px]">
          <span />
          <span>Behaviour a reviewer can see or hear</span>
          <span className="hidden sm:block">Example</span>
        </div>
        {criterion.anchors.map((anchor) => (
          <div
            key={anchor.level}
            className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-3 gap-y-1 border-t border-line px-3 py-1.5 sm:grid-cols-[20px_minmax(0,1fr)_172px]"
          >
            <b className="num py-1 text-14 leading-4">{anchor.level}</b>
            <Cell
              label={`Behaviour at ${anchor.level}`}
              value={anchor.behaviour}
              max={300}
              readOnly={readOnly}
              onChange={(behaviour) =>
                change((plan) => changeAnchor(plan, criterion.id, anchor.level, { behaviour }))
              }
            />
            <Cell
              label={`Example at ${anchor.level}`}
              value={anchor.example ?? ""}
              max={1500}
              readOnly={readOnly}
              onChange={(example) =>
                change((plan) => changeAnchor(plan, criterion.id, anchor.level, { example }))
              }
              className="col-start-2 text-ink-2 sm:col-start-3"
            />
          </div>
        ))}
        {!readOnly && (
          <div className="border-t border-line p-1">
            <Button
              size="s"
              variant="quiet"
              onClick={() => change((plan) => removeCriterion(plan, criterion.id))}
            >
              <Icon name="trash" /> Remove {criterion.name || "this criterion"}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function Naming({ criterion, change }: Omit<Props, "readOnly">) {
  return (
    <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_172px]">
      <Field label="Name">
        {(ids) => (
          <Input
            {...ids}
            maxLength={300}
            value={criterion.name}
            onChange={(event) =>
              change((plan) => changeCriterion(plan, criterion.id, { name: event.target.value }))
            }
          />
        )}
      </Field>
      <Field label="Dimension">
        {(ids) => (
          <Select
            {...ids}
            value={criterion.dimension}
            options={DIMENSIONS.map((value) => ({ value, label: plain(value) }))}
            onChange={(event) =>
              change((plan) =>
                changeCriterion(plan, criterion.id, {
                  dimension: event.target.value as Criterion["dimension"],
                }),
              )
            }
          />
        )}
      </Field>
    </div>
  );
}

type CellProps = {
  label: string;
  value: string;
  max: number;
  readOnly: boolean;
  className?: string;
  onChange: (value: string) => void;
};

/** Text that is edited where it stands; it grows with what is typed. */
function Cell({ label, value, max, readOnly, className = "", onChange }: CellProps) {
  if (readOnly) return <p className={`py-1 ${className}`}>{value}</p>;
  return (
    <textarea
      aria-label={label}
      value={value}
      maxLength={max}
      rows={1}
      onChange={(event) => onChange(event.target.value)}
      className={`field-sizing-content w-full resize-none rounded-xs border border-transparent bg-transparent px-1 py-1 hover:border-line-strong focus:border-ink-3 focus:bg-surface ${className}`}
    />
  );
}
