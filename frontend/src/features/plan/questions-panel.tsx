/** The questions in order, with minutes and what they feed, and what nobody asks about. */
import { useState } from "react";
import type { Plan, Question } from "@/api/types";
import { Button, CriterionKey, Icon, IconButton } from "@/ui";
import { Coverage } from "./coverage";
import { addQuestion, letter, MAX_QUESTIONS, minutes, moveQuestion } from "./draft";
import { QuestionForm } from "./question-form";
import { SortableItem, SortableList } from "./sortable";

type Change = (next: (plan: Plan) => Plan) => void;
type Props = { draft: Plan; change: Change; readOnly: boolean };

export function QuestionsPanel({ draft, change, readOnly }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  const { questions } = draft;
  const name = (id: string) => `question ${questions.findIndex((one) => one.id === id) + 1}`;
  return (
    <section aria-label="Questions" className="panel overflow-hidden">
      <header className="flex h-12 items-center gap-2 border-b border-line pr-3 pl-4">
        <h2 className="font-strong">Questions</h2>
        <span className="num text-12 text-ink-2">{minutes(draft)} min</span>
        {!readOnly && questions.length < MAX_QUESTIONS && (
          <Button size="s" className="ml-auto" onClick={() => change(addQuestion)}>
            <Icon name="plus" /> Question
          </Button>
        )}
      </header>
      <TimeBar questions={questions} />
      <SortableList
        label="Questions in order"
        ids={questions.map((one) => one.id)}
        nameOf={name}
        onMove={(from, to) => change((plan) => moveQuestion(plan, from, to))}
      >
        {questions.map((question, index) => (
          <SortableItem
            key={question.id}
            id={question.id}
            name={name(question.id)}
            open={open === question.id}
            onNudge={(by) => change((plan) => moveQuestion(plan, index, index + by))}
          >
            {(handle) => (
              <>
                <div className="flex gap-1.5 py-2.5 pr-2 pl-1">
                  {!readOnly && handle}
                  <QuestionLine
                    draft={draft}
                    question={question}
                    index={index}
                    open={open === question.id}
                    onToggle={() => setOpen(open === question.id ? null : question.id)}
                  />
                </div>
                {open === question.id && (
                  <QuestionForm
                    draft={draft}
                    question={question}
                    change={change}
                    readOnly={readOnly}
                  />
                )}
              </>
            )}
          </SortableItem>
        ))}
      </SortableList>
      <Coverage plan={draft} />
    </section>
  );
}

function TimeBar({ questions }: { questions: readonly Question[] }) {
  return (
    <div aria-hidden="true" className="num mx-4 my-3 flex gap-0.5">
      {questions.map((one, index) => (
        <i
          key={one.id}
          style={{ flex: one.minutes }}
          className="grid h-5 min-w-4 place-items-center rounded-[3px] bg-sunken text-12 font-strong text-ink-2 not-italic"
        >
          {index + 1}
        </i>
      ))}
    </div>
  );
}

type LineProps = {
  draft: Plan;
  question: Question;
  index: number;
  open: boolean;
  onToggle: () => void;
};

function QuestionLine({ draft, question, index, open, onToggle }: LineProps) {
  const ids = draft.rubric.criteria.map((one) => one.id);
  const feeds = (question.criteria ?? []).map((id) => ids.indexOf(id)).filter((at) => at >= 0);
  return (
    <>
      <span className="num w-4 flex-none font-strong text-ink-2">{index + 1}</span>
      <button
        type="button"
        onClick={onToggle}
        aria-expanded={open}
        className="min-w-0 flex-1 text-left"
      >
        <span className="block">{question.text || "No words yet"}</span>
        <span className="mt-1.5 flex flex-wrap items-center gap-1.5 text-12 text-ink-2">
          <span className="num mr-1">{question.minutes} min</span>
          {feeds.length === 0 && "Not marked"}
          {feeds.toSorted().map((at) => (
            <CriterionKey key={at} letter={letter(at)} />
          ))}
        </span>
      </button>
      <IconButton
        size="s"
        variant="quiet"
        label={`${open ? "Close" : "Open"} question ${index + 1}`}
        aria-expanded={open}
        onClick={onToggle}
        className="w-6"
      >
        <Icon name={open ? "down" : "right"} />
      </IconButton>
    </>
  );
}
