/** One question opened: its words, minutes, what it feeds, and the follow-ups allowed after it. */
import type { Plan, Question } from "@/api/types";
import { Button, CriterionKey, Field, Icon, TextArea, Tick } from "@/ui";
import { changeQuestion, letter, removeQuestion } from "./draft";
import { Stepper } from "./stepper";

type Props = {
  draft: Plan;
  question: Question;
  change: (next: (plan: Plan) => Plan) => void;
  readOnly: boolean;
};

const MAX_PROBES = 6;

export function QuestionForm({ draft, question, change, readOnly }: Props) {
  const set = (part: Partial<Question>) =>
    change((plan) => changeQuestion(plan, question.id, part));
  if (readOnly) return <Probes probes={question.probes ?? []} />;
  return (
    <div className="mr-4 mb-3 ml-4 grid gap-3 sm:ml-8">
      <Field label="Words, asked of everybody alike">
        {(ids) => (
          <TextArea
            {...ids}
            rows={2}
            maxLength={300}
            value={question.text}
            onChange={(event) => set({ text: event.target.value })}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-x-6 gap-y-2 text-12 text-ink-2">
        <span className="flex items-center gap-2">
          Time
          <Stepper
            label="minutes"
            value={question.minutes}
            unit="min"
            min={1}
            max={60}
            onChange={(minutes) => set({ minutes })}
          />
        </span>
        <span className="flex items-center gap-2">
          Follow-ups
          <Stepper
            label="follow-ups"
            value={question.follow_ups ?? 1}
            unit="×"
            min={0}
            max={3}
            onChange={(follow_ups) => set({ follow_ups })}
          />
        </span>
      </div>
      <Feeds draft={draft} question={question} onChange={(criteria) => set({ criteria })} />
      <Field
        label="Neutral follow-ups, one a line"
        hint={`The interviewer asks at most these, word for word; up to ${MAX_PROBES}.`}
      >
        {(ids) => (
          <TextArea
            {...ids}
            rows={3}
            value={(question.probes ?? []).join("\n")}
            onChange={(event) =>
              set({ probes: event.target.value.split("\n").slice(0, MAX_PROBES) })
            }
            onBlur={() => set({ probes: (question.probes ?? []).filter((line) => line.trim()) })}
          />
        )}
      </Field>
      <div>
        <Button
          size="s"
          variant="quiet"
          disabled={draft.questions.length === 1}
          onClick={() => change((plan) => removeQuestion(plan, question.id))}
        >
          <Icon name="trash" /> Remove this question
        </Button>
      </div>
    </div>
  );
}

type FeedsProps = { draft: Plan; question: Question; onChange: (criteria: string[]) => void };

function Feeds({ draft, question, onChange }: FeedsProps) {
  const on = new Set(question.criteria ?? []);
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-12 font-strong text-ink-2">Feeds</legend>
      {draft.rubric.criteria.map((criterion, index) => (
        <Tick
          key={criterion.id}
          className="items-center rounded-s px-2! py-1! text-12"
          checked={on.has(criterion.id)}
          onChange={(event) =>
            onChange(
              draft.rubric.criteria
                .map((one) => one.id)
                .filter((id) => (id === criterion.id ? event.target.checked : on.has(id))),
            )
          }
        >
          <span className="flex items-center gap-2">
            <CriterionKey letter={letter(index)} /> {criterion.name || "New criterion"}
          </span>
        </Tick>
      ))}
    </fieldset>
  );
}

function Probes({ probes }: { probes: readonly string[] }) {
  return (
    <ul className="mr-4 mb-3 ml-8 list-disc pl-4 text-12 text-ink-2">
      {probes.map((probe) => (
        <li key={probe}>{probe}</li>
      ))}
      {probes.length === 0 && <li>No follow-ups</li>}
    </ul>
  );
}
