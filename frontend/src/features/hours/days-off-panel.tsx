/** Days off, as ranges; they are dates on one's own calendar. */
import { type FormEvent, useState } from "react";
import { plural } from "@/lib/time";
import { Button, Field, Icon, IconButton, Input } from "@/ui";
import { daysIn, rangeProblem, rangesOf, rangeWords, withoutRange, withRange } from "./days-off";

type Props = { days: readonly string[]; onChange: (days: readonly string[]) => void };

export function DaysOffPanel({ days, onChange }: Props) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const ranges = rangesOf(days);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const range = { from, to: to || from };
    const wrong = rangeProblem(range, days);
    setProblem(wrong);
    if (wrong) return;
    onChange(withRange(days, range));
    setFrom("");
    setTo("");
  };
  return (
    <section aria-label="Days off" className="panel">
      <header className="flex min-h-12 items-center gap-2 border-b border-line px-4 py-2">
        <h2 className="font-strong">Days off</h2>
        <span className="num text-12 text-ink-2">
          {days.length > 0 && plural(days.length, "day")}
        </span>
      </header>
      <form onSubmit={add} noValidate className="flex flex-wrap items-end gap-3 px-4 py-3">
        <Field label="First day">
          {(ids) => (
            <Input
              {...ids}
              type="date"
              className="w-40!"
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label="Last day">
          {(ids) => (
            <Input
              {...ids}
              type="date"
              className="w-40!"
              value={to}
              min={from}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit">
          <Icon name="plus" /> Add days off
        </Button>
        {problem && (
          <p role="alert" className="flex w-full gap-1.5 text-12 font-strong text-trouble">
            <Icon name="alert" /> {problem}
          </p>
        )}
      </form>
      {ranges.length > 0 && (
        <ul className="border-t border-line py-1">
          {ranges.map((range) => (
            <li key={range.from} className="flex items-center gap-3 px-4 py-1.5">
              <span className="min-w-0 flex-1">{rangeWords(range)}</span>
              <span className="num text-12 text-ink-2">{plural(daysIn(range).length, "day")}</span>
              <IconButton
                label={`Remove ${rangeWords(range)}`}
                variant="quiet"
                size="s"
                onClick={() => onChange(withoutRange(days, range))}
              >
                <Icon name="cross" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
