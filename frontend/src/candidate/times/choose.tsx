/** Choosing a time: a day, a time of it, a look at what was chosen, and one word. */

import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { dateIn } from "@/lib/wall-clock";
import { Button, Skeleton } from "@/ui";
import { go } from "../address";
import type { PageProps } from "../app";
import { Frame, Help, Lead, Note, Section } from "../layout";
import { Choice } from "./choice";
import { DayPicker } from "./day-picker";
import { byDay, dayToShow, type Slot, weeksOf } from "./days";
import { Nothing } from "./nothing";
import { Otherwise } from "./otherwise";
import { TimePicker } from "./time-picker";
import { type Problem, useChooser } from "./use-chooser";
import { useSlots } from "./use-slots";
import { useZone } from "./use-zone";
import { changesWords, lengthWords, troubleWords, whenWords } from "./words";
import { ZoneLine } from "./zone-line";

export function Choose(props: PageProps) {
  const { schedule, invitation } = props.standing;
  const [zone, setZone] = useZone(schedule.zone);
  const [found, look] = useSlots(zone);
  const chooser = useChooser({ ...props, zone, look });
  const moving = schedule.appointment !== null;
  return (
    <Frame
      title={moving ? "Choose another time" : "Choose a time"}
      organization={invitation.organization}
      help={<Help invitation={invitation} />}
    >
      <Lead>
        <Before {...props} />
      </Lead>
      <ZoneLine zone={zone} onZone={setZone} />
      <Told problem={chooser.problem} zone={zone} />
      {found.at === "loading" && <Wait />}
      {found.at === "here" && found.slots.length > 0 && (
        <Pickers slots={found.slots} zone={zone} chosen={chooser.chosen} onChoose={chooser.choose}>
          <Choice {...chooser} slots={found.slots} zone={zone} standing={props.standing} />
        </Pickers>
      )}
      {found.at !== "loading" && (found.at !== "here" || found.slots.length === 0) && (
        <Nothing {...props} found={found} look={look} />
      )}
      <Section title="No time fits">
        <Otherwise {...props} />
        <Button
          variant="quiet"
          size="touch"
          className="-ml-3.5"
          onClick={() => {
            // What is put aside here is known there, and when one comes back.
            void props.onChange();
            go(moving || schedule.hold?.proposed ? "time" : "invitation");
          }}
        >
          {moving
            ? "Keep the time I have"
            : schedule.hold?.proposed
              ? "Back to the proposed time"
              : "Back to the invitation"}
        </Button>
      </Section>
    </Frame>
  );
}

/** With whom, for how long, and what one may still do afterwards. */
function Before({ standing }: PageProps) {
  const { schedule, invitation } = standing;
  const { appointment, changes_left: left } = schedule;
  if (appointment)
    return (
      <p>
        Your time now is <strong>{whenWords(appointment.starts_at, appointment.zone)}</strong>. It
        stays yours until you confirm another one. By yourself you can move it {changesWords(left)}.
      </p>
    );
  return (
    <p>
      <strong>
        {schedule.with_person
          ? `You speak with a person at ${invitation.organization}`
          : "You speak with an AI interviewer, not with a person"}
      </strong>
      , for {lengthWords(standing).takes}. You can cancel until it starts
      {left > 0 ? `, and move it ${changesWords(left)}.` : "."}
    </p>
  );
}

function Told({ problem, zone }: { problem: Problem | null; zone: string }) {
  const note = useRef<HTMLDivElement>(null);
  const gone = problem?.trouble === "taken" || problem?.trouble === "near";
  // The radio that had the focus may be gone with its time.
  useEffect(() => {
    if (gone) note.current?.focus();
  }, [gone]);
  if (!problem) return null;
  return (
    <div ref={note} tabIndex={-1} className="mt-6 outline-none">
      <Note tone={problem.trouble === "away" ? "trouble" : "attention"} live>
        <p>{troubleWords(problem.trouble, whenWords(problem.time, zone))}</p>
      </Note>
    </div>
  );
}

function Wait() {
  return (
    <div role="status" aria-label="Looking for free times" className="grid gap-3 py-8">
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}

type PickersProps = {
  slots: readonly Slot[];
  zone: string;
  chosen: string | null;
  onChoose: (time: string) => void;
  /** What was chosen: under the days where there is room, else at the foot of the window. */
  children: ReactNode;
};

function Pickers({ slots, zone, chosen, onChoose, children }: PickersProps) {
  const days = useMemo(() => byDay(slots, zone), [slots, zone]);
  const weeks = useMemo(() => weeksOf(days), [days]);
  const [wanted, setWanted] = useState<string | null>(null);
  const day = dayToShow(days, wanted ?? (chosen && dateIn(chosen, zone)));
  if (day === null) return null;
  return (
    <div className="grid content-start gap-x-10 gap-y-7 py-7 sm:py-8 md:grid-cols-[392px_minmax(0,1fr)] md:grid-rows-[auto_1fr]">
      <DayPicker weeks={weeks} day={day} onDay={setWanted} />
      <div className="md:row-span-2">
        <TimePicker
          day={day}
          slots={days.get(day) ?? []}
          zone={zone}
          chosen={chosen}
          onChoose={onChoose}
        />
      </div>
      {children}
    </div>
  );
}
