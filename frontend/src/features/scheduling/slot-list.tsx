/** The free times of one day at once, on both clocks, with who is free then. */
import { useState } from "react";
import type { StaffSlots } from "@/api/types";
import { cx } from "@/lib/cx";
import { wallClock } from "@/lib/wall-clock";
import { EmptyState, Field, Icon, IconButton, Select } from "@/ui";
import { byDay, isKnown, isSameClock, ownZone, zoneWords } from "./instants";
import type { Wanted } from "./queries";

type Props = {
  slots: StaffSlots;
  name: string;
  wanted: Wanted | null;
  onChoose: (wanted: Wanted) => void;
};

const ANYBODY = "";

export function SlotList({ slots, name, wanted, onChoose }: Props) {
  const [who, setWho] = useState(ANYBODY);
  const [date, setDate] = useState("");
  const mine = ownZone();
  const free = slots.slots.filter(
    ({ interviewers }) => who === ANYBODY || interviewers.some(({ id }) => id === who),
  );
  const days = byDay(free, mine);
  const at = Math.max(
    0,
    days.findIndex((day) => day.date === date),
  );
  const day = days[at];
  if (slots.slots.length === 0) return <NoTimes withPerson={slots.with_person} />;
  const first = slots.slots[0]?.starts_at ?? "";
  const known = isKnown(slots.zone);
  const same =
    !known || day?.times.every(({ starts_at }) => isSameClock(starts_at, mine, slots.zone));
  return (
    <div className="grid gap-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Day">
          {(ids) => (
            <span className="flex gap-2">
              <Step label="Day before" icon="left" to={days[at - 1]?.date} onStep={setDate} />
              <Select
                {...ids}
                value={day?.date ?? ""}
                onChange={(event) => setDate(event.target.value)}
                options={days.map((one) => ({
                  value: one.date,
                  label: `${one.label}: ${one.times.length} free`,
                }))}
              />
              <Step label="Next day" icon="right" to={days[at + 1]?.date} onStep={setDate} />
            </span>
          )}
        </Field>
        {slots.with_person && (
          <Field label="With">
            {(ids) => (
              <Select
                {...ids}
                value={who}
                onChange={(event) => setWho(event.target.value)}
                options={[
                  { value: ANYBODY, label: "Whoever has least to do" },
                  ...people(slots).map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            )}
          </Field>
        )}
      </div>
      <p className="text-12 text-ink-2">
        {slots.minutes} minutes each, in your time ({zoneWords(mine, first)})
        {!known && `; the zone of ${name} is not known yet`}
        {known && same && `, which is ${name}'s as well`}
        {known && !same && `; ${name}'s (${zoneWords(slots.zone, first)}) below`}.
      </p>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(84px,1fr))] gap-2">
        {day?.times.map(({ starts_at }) => (
          <li key={starts_at}>
            <button
              type="button"
              aria-pressed={wanted?.starts_at === starts_at}
              onClick={() => onChoose({ starts_at, interviewer_id: who || null })}
              className={cx(
                "num min-h-9 w-full rounded-s border px-2 py-1 font-strong",
                wanted?.starts_at === starts_at
                  ? "border-accent bg-accent text-accent-ink"
                  : "border-line-strong bg-surface hover:border-ink-3",
              )}
            >
              {wallClock(starts_at, mine)}
              {!same && (
                <span
                  className={cx(
                    "block text-12 font-regular",
                    wanted?.starts_at !== starts_at && "text-ink-2",
                  )}
                >
                  {wallClock(starts_at, slots.zone)}
                  <span className="sr-only"> for them</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Everybody who is free at some time, by name. */
function people(slots: StaffSlots) {
  const all = slots.slots.flatMap(({ interviewers }) => interviewers);
  return [...new Map(all.map((one) => [one.id, one])).values()].toSorted((one, other) =>
    one.name.localeCompare(other.name),
  );
}

type StepProps = {
  label: string;
  icon: "left" | "right";
  to: string | undefined;
  onStep: (date: string) => void;
};

function Step({ label, icon, to, onStep }: StepProps) {
  return (
    <IconButton label={label} disabled={to === undefined} onClick={() => to && onStep(to)}>
      <Icon name={icon} />
    </IconButton>
  );
}

function NoTimes({ withPerson }: { withPerson: boolean }) {
  return (
    <EmptyState title="No free time">
      {withPerson
        ? "No interviewer of this job has said hours that leave a time free, or their calendars cannot be read. The job's Scheduling page shows who can be booked."
        : "The job's rules leave no time before its horizon."}
    </EmptyState>
  );
}
