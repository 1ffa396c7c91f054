/** The days with free times, in whole weeks. */
import { useState } from "react";
import { cx } from "@/lib/cx";
import { Icon, IconButton } from "@/ui";
import { type Day, dayWords } from "./days";
import { Pick } from "./pick";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const SHOWN = 4;

type Props = {
  weeks: readonly (readonly Day[])[];
  day: string;
  onDay: (key: string) => void;
};

export function DayPicker({ weeks, day, onDay }: Props) {
  const at = weeks.findIndex((week) => week.some(({ key }) => key === day));
  const [turned, setTurned] = useState<number | null>(null);
  const pages = Math.ceil(weeks.length / SHOWN);
  const page = Math.min(turned ?? Math.floor(Math.max(at, 0) / SHOWN), pages - 1);
  const shown = weeks.slice(page * SHOWN, (page + 1) * SHOWN).flat();
  return (
    <fieldset className="min-w-0">
      <legend className="float-left mb-3 text-20 font-strong tracking-[-0.01em]">Day</legend>
      {pages > 1 && (
        <div className="float-right -mt-2 mb-1 flex gap-1">
          <Turn to={page - 1} of={pages} label="Earlier weeks" icon="left" onTurn={setTurned} />
          <Turn to={page + 1} of={pages} label="Later weeks" icon="right" onTurn={setTurned} />
        </div>
      )}
      <div className="clear-both grid grid-cols-7 gap-1">
        {WEEKDAYS.map((name) => (
          <span key={name} aria-hidden="true" className="pb-1 text-center text-14 text-ink-2">
            {name}
          </span>
        ))}
        {shown.map((each) => (
          <OneDay key={each.key} each={each} chosen={each.key === day} onDay={onDay} />
        ))}
      </div>
    </fieldset>
  );
}

type OneDayProps = { each: Day; chosen: boolean; onDay: (key: string) => void };

function OneDay({ each, chosen, onDay }: OneDayProps) {
  if (each.free === 0)
    return (
      <span
        aria-hidden="true"
        className="num grid min-h-13 place-items-center text-ink-3 line-through"
      >
        {each.date}
      </span>
    );
  const times = each.free === 1 ? "one time" : `${each.free} times`;
  return (
    <Pick
      name="day"
      label={`${dayWords(each.key)}, ${times}`}
      checked={chosen}
      className="min-h-13"
      onChoose={() => onDay(each.key)}
    >
      {each.date}
      <small className={cx("text-12 font-regular", !chosen && "text-ink-2")}>{each.month}</small>
    </Pick>
  );
}

type TurnProps = {
  to: number;
  of: number;
  label: string;
  icon: "left" | "right";
  onTurn: (page: number) => void;
};

function Turn({ to, of, label, icon, onTurn }: TurnProps) {
  return (
    <IconButton
      label={label}
      variant="quiet"
      size="touch"
      disabled={to < 0 || to >= of}
      onClick={() => onTurn(to)}
    >
      <Icon name={icon} />
    </IconButton>
  );
}
