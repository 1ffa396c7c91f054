/** The seven days with the stretches one can be booked in. */
import { Button, Icon, IconButton, Input } from "@/ui";
import { EMPTY, nextStretch, OFFICE, type Stretch, WEEKDAYS, type Week } from "./week";

type Props = {
  week: Week;
  total: number;
  problems: Record<string, string>;
  onChange: (week: Week) => void;
};

export function WeekPanel({ week, total, problems, onChange }: Props) {
  const empty = week.every((stretches) => stretches.length === 0);
  const monday = week[0] ?? [];
  const copied = week.map((stretches, day) => (day > 0 && day < 5 ? monday : stretches));
  return (
    <section aria-label="Weekly hours" className="panel">
      <header className="flex min-h-12 flex-wrap items-center gap-2 border-b border-line py-2 pr-3 pl-4">
        <h2 className="font-strong">Weekly hours</h2>
        <span className="num text-12 text-ink-2">{total} h a week</span>
        <span className="ml-auto flex flex-wrap gap-2">
          {empty ? (
            <Button size="s" onClick={() => onChange(OFFICE)}>
              Monday to Friday, 9 to 5
            </Button>
          ) : (
            <>
              {monday.length > 0 && (
                <Button size="s" onClick={() => onChange(copied)}>
                  Monday's hours to Friday
                </Button>
              )}
              <Button size="s" variant="quiet" onClick={() => onChange(EMPTY)}>
                Clear
              </Button>
            </>
          )}
        </span>
      </header>
      <ul>
        {WEEKDAYS.map((name, day) => (
          <Day
            key={name}
            name={name}
            stretches={week[day] ?? []}
            wrongs={(at) => problems[`${day}.${at}`]}
            onChange={(stretches) => onChange(week.with(day, stretches))}
          />
        ))}
      </ul>
    </section>
  );
}

type DayProps = {
  name: string;
  stretches: readonly Stretch[];
  wrongs: (at: number) => string | undefined;
  onChange: (stretches: readonly Stretch[]) => void;
};

function Day({ name, stretches, wrongs, onChange }: DayProps) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 last:border-0 sm:grid-cols-[112px_minmax(0,1fr)_auto]">
      <h3 className="font-strong leading-8">{name}</h3>
      <div className="order-last col-span-2 grid gap-2 sm:order-none sm:col-span-1">
        {stretches.length === 0 && <p className="leading-8 text-ink-2">Not bookable</p>}
        {stretches.map((stretch, at) => (
          <StretchLine
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a stretch has for a name
            key={at}
            name={stretches.length > 1 ? `${name}, stretch ${at + 1}` : name}
            stretch={stretch}
            wrong={wrongs(at)}
            onChange={(next) => onChange(stretches.with(at, next))}
            onRemove={() => onChange(stretches.filter((_, other) => other !== at))}
          />
        ))}
      </div>
      <Button
        size="s"
        variant="quiet"
        className="self-center sm:self-start"
        aria-label={`Add hours on ${name}`}
        onClick={() => onChange([...stretches, nextStretch(stretches)])}
      >
        <Icon name="plus" /> Hours
      </Button>
    </li>
  );
}

type LineProps = {
  name: string;
  stretch: Stretch;
  wrong: string | undefined;
  onChange: (stretch: Stretch) => void;
  onRemove: () => void;
};

function StretchLine({ name, stretch, wrong, onChange, onRemove }: LineProps) {
  const invalid = wrong ? { "aria-invalid": true as const } : {};
  const clock = (part: keyof Stretch) => ({
    ...invalid,
    type: "time",
    step: 900,
    className: "num min-w-0 max-w-36 flex-1",
    value: stretch[part],
    onChange: (event: { target: { value: string } }) =>
      onChange({ ...stretch, [part]: event.target.value }),
  });
  return (
    <div className="grid gap-1">
      <div className="flex items-center gap-2">
        <Input aria-label={`${name}: from`} {...clock("start")} />
        <span className="text-ink-2">to</span>
        <Input aria-label={`${name}: to`} {...clock("end")} />
        <IconButton label={`Remove hours: ${name}`} variant="quiet" size="s" onClick={onRemove}>
          <Icon name="cross" />
        </IconButton>
      </div>
      {wrong && (
        <p role="alert" className="flex gap-1.5 text-12 font-strong text-trouble">
          <Icon name="alert" /> {wrong}
        </p>
      )}
    </div>
  );
}
