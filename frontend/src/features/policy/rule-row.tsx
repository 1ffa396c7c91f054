/** One rule of a job: what it is called and means at the left, what was typed at the right. */
import type { ReactNode } from "react";
import { useId } from "react";
import { type ControlIds, Icon, Input, Select } from "@/ui";
import { durationWords, type Length, UNITS, type Unit, unitWord } from "./durations";
import type { Rule } from "./rules";

type AmountProps = {
  label: string;
  hint: string;
  standard: string;
  problem: string | undefined;
  children: (ids: ControlIds) => ReactNode;
};

export function AmountRow({ label, hint, standard, problem, children }: AmountProps) {
  const id = useId();
  const ids: ControlIds = {
    id,
    "aria-describedby": problem ? `${id}-hint ${id}-error` : `${id}-hint`,
    "aria-invalid": problem ? true : undefined,
  };
  return (
    <div className="grid items-start gap-x-6 gap-y-2 border-b border-line px-4 py-3 last:border-0 sm:grid-cols-[minmax(0,1fr)_236px]">
      <div className="min-w-0">
        <label htmlFor={id} className="font-strong">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-12 text-ink-2">
          {hint} Usual: {standard}.
        </p>
      </div>
      <div className="grid gap-1.5">
        {children(ids)}
        {problem && <Wrong id={`${id}-error`}>{problem}</Wrong>}
      </div>
    </div>
  );
}

export function Wrong({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} role="alert" className="flex gap-1.5 text-12 font-strong text-trouble">
      <Icon name="alert" /> {children}
    </p>
  );
}

type RuleProps = {
  rule: Rule;
  value: Length;
  standard: number;
  problem: string | undefined;
  onChange: (length: Length) => void;
};

export function RuleRow({ rule, value, standard, problem, onChange }: RuleProps) {
  return (
    <AmountRow
      label={rule.label}
      hint={rule.hint}
      standard={durationWords(standard)}
      problem={problem}
    >
      {(ids) => <LengthInput ids={ids} label={rule.label} value={value} onChange={onChange} />}
    </AmountRow>
  );
}

type LengthProps = {
  ids: ControlIds;
  label: string;
  value: Length;
  onChange: (length: Length) => void;
};

const UNIT_OPTIONS = UNITS.map((unit) => ({ value: unit, label: unitWord(unit) }));

export function LengthInput({ ids, label, value, onChange }: LengthProps) {
  return (
    <span className="flex gap-2">
      <Input
        {...ids}
        inputMode="decimal"
        autoComplete="off"
        className="num w-20! flex-none"
        value={value.amount}
        onChange={(event) => onChange({ ...value, amount: event.target.value })}
      />
      <Select
        aria-label={`${label}: unit`}
        className="max-w-36"
        options={UNIT_OPTIONS}
        value={value.unit}
        onChange={(event) => onChange({ ...value, unit: event.target.value as Unit })}
      />
    </span>
  );
}
