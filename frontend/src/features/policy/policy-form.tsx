/** The form of a job's rules, in the order in which a candidate meets them. */
import type { ReactNode } from "react";
import type { JobPolicy } from "@/api/types";
import { Input, Tick } from "@/ui";
import { RemindersRow, SharesRow } from "./lists";
import { AmountRow, RuleRow } from "./rule-row";
import { DEADLINES, GRACE, MEETING, type Rule } from "./rules";
import type { Editing } from "./use-editing";
import { WayChoice } from "./way-choice";

type Props = { editing: Editing; defaults: JobPolicy; readOnly: boolean };

export function PolicyForm({ editing, defaults, readOnly }: Props) {
  const { draft, change, problems } = editing;
  const rows = (rules: readonly Rule[]) =>
    rules.map((rule) => (
      <RuleRow
        key={rule.key}
        rule={rule}
        value={draft.times[rule.key]}
        standard={defaults[rule.key]}
        problem={problems[rule.key]}
        onChange={(length) => change({ times: { ...draft.times, [rule.key]: length } })}
      />
    ));
  return (
    <fieldset disabled={readOnly} className="grid min-w-0 gap-4">
      <legend className="sr-only">Rules of this job</legend>
      <Section title="The way to an interview with the AI">
        <WayChoice value={draft.way} onChange={(way) => change({ way })} />
      </Section>
      <Section title="Times that are offered">
        {rows(MEETING)}
        <AmountRow
          label="New dates without asking"
          hint="How often they may move a time, or choose again after missing one."
          standard={String(defaults.free_changes)}
          problem={problems.free_changes}
        >
          {(ids) => (
            <Input
              {...ids}
              inputMode="numeric"
              className="num w-20!"
              value={draft.changes}
              onChange={(event) => change({ changes: event.target.value })}
            />
          )}
        </AmountRow>
      </Section>
      <Section title="Reminders">
        <SharesRow editing={editing} standard={defaults.nudges} />
        <RemindersRow editing={editing} standard={defaults.reminders} />
        {rows([GRACE])}
      </Section>
      <Section title="How long who waits">{rows(DEADLINES)}</Section>
      <Section title="Decisions">
        <div className="p-4">
          <Tick
            checked={draft.secondReviewer}
            onChange={(event) => change({ secondReviewer: event.target.checked })}
          >
            <b className="font-strong">A second reviewer</b>
            <span className="block text-12 text-ink-2">
              To hire or to reject takes two people: one proposes, another confirms.
            </span>
          </Tick>
        </div>
      </Section>
    </fieldset>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="panel">
      <header className="flex min-h-12 items-center border-b border-line px-4 py-2">
        <h2 className="font-strong">{title}</h2>
      </header>
      {children}
    </section>
  );
}
