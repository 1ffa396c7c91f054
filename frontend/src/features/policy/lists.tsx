/** The two lists of a job's rules: reminders before a time, and shares of an open invitation. */
import { type ReactNode, useId } from "react";
import { Button, type ControlIds, Icon, IconButton, Input } from "@/ui";
import { percent } from "./draft";
import { durationWords, roughWords, secondsOf } from "./durations";
import { LengthInput, Wrong } from "./rule-row";
import { MOST_REMINDERS } from "./rules";
import type { Editing } from "./use-editing";

export function RemindersRow({
  editing,
  standard,
}: {
  editing: Editing;
  standard: readonly number[];
}) {
  const { draft, change, problems } = editing;
  const { reminders } = draft;
  const set = (next: typeof reminders) => change({ reminders: next });
  return (
    <ListRow
      label="Before a chosen time"
      hint={`They are reminded so long before it. Usual: ${standard.map(durationWords).join(", ")}.`}
      what="reminder"
      items={reminders}
      problems={reminders.map((_, at) => problems[`reminders.${at}`])}
      onRemove={(at) => set(reminders.filter((_, other) => other !== at))}
      onAdd={() => set([...reminders, { amount: "2", unit: "h" }])}
    >
      {(ids, label, at) => (
        <LengthInput
          ids={ids}
          label={label}
          value={reminders[at] ?? { amount: "", unit: "h" }}
          onChange={(length) => set(reminders.with(at, length))}
        />
      )}
    </ListRow>
  );
}

export function SharesRow({
  editing,
  standard,
}: {
  editing: Editing;
  standard: readonly number[];
}) {
  const { draft, change, problems } = editing;
  const { nudges } = draft;
  const set = (next: string[]) => change({ nudges: next });
  const open = secondsOf(draft.times.invitation);
  return (
    <ListRow
      label="While an invitation is open"
      hint={`It is brought to mind after this much of its time. Usual: ${standard.map((share) => `${percent(share)} %`).join(", ")}.`}
      what="reminder"
      items={nudges}
      problems={nudges.map((_, at) => problems[`nudges.${at}`])}
      onRemove={(at) => set(nudges.filter((_, other) => other !== at))}
      onAdd={() => set([...nudges, "50"])}
    >
      {(ids, _, at) => (
        <span className="flex min-w-0 items-center gap-2">
          <Input
            {...ids}
            inputMode="numeric"
            autoComplete="off"
            className="num w-20! flex-none"
            value={nudges[at] ?? ""}
            onChange={(event) => set(nudges.with(at, event.target.value))}
          />
          <span className="text-12 text-ink-2">
            %{open !== null && !problems[`nudges.${at}`] && shareWords(nudges[at], open)}
          </span>
        </span>
      )}
    </ListRow>
  );
}

const shareWords = (text: string | undefined, open: number): string =>
  ` of it: ${roughWords((open * Number(text)) / 100)}`;

type ListProps = {
  label: string;
  hint: string;
  what: string;
  items: readonly unknown[];
  problems: readonly (string | undefined)[];
  onRemove: (at: number) => void;
  onAdd: () => void;
  children: (ids: ControlIds, label: string, at: number) => ReactNode;
};

function ListRow({ label, hint, what, items, problems, onRemove, onAdd, children }: ListProps) {
  const id = useId();
  return (
    <div className="grid items-start gap-x-6 gap-y-2 border-b border-line px-4 py-3 last:border-0 sm:grid-cols-[minmax(0,1fr)_236px]">
      <div className="min-w-0">
        <h3 className="font-strong">{label}</h3>
        <p className="text-12 text-ink-2">{hint}</p>
      </div>
      <div className="grid gap-2">
        {items.map((_, at) => {
          const name = `${label}, ${what} ${at + 1}`;
          const wrong = problems[at];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what these have for a name
            <div key={at} className="grid gap-1.5">
              <div className="flex items-center justify-between gap-2">
                <label htmlFor={`${id}-${at}`} className="sr-only">
                  {name}
                </label>
                {children(
                  {
                    id: `${id}-${at}`,
                    "aria-describedby": wrong ? `${id}-${at}-error` : undefined,
                    "aria-invalid": wrong ? true : undefined,
                  },
                  name,
                  at,
                )}
                <IconButton
                  label={`Remove ${what} ${at + 1}`}
                  variant="quiet"
                  size="s"
                  className="flex-none"
                  onClick={() => onRemove(at)}
                >
                  <Icon name="cross" />
                </IconButton>
              </div>
              {wrong && <Wrong id={`${id}-${at}-error`}>{wrong}</Wrong>}
            </div>
          );
        })}
        {items.length === 0 && <p className="text-12 text-ink-2">None.</p>}
        {items.length < MOST_REMINDERS && (
          <span>
            <Button size="s" onClick={onAdd}>
              <Icon name="plus" /> Add a {what}
            </Button>
          </span>
        )}
      </div>
    </div>
  );
}
