/** The free times of one day, in its parts. */
import { Icon } from "@/ui";
import { dayWords, partsOf, type Slot } from "./days";
import { Pick } from "./pick";

type Props = {
  day: string;
  slots: readonly Slot[];
  zone: string;
  chosen: string | null;
  onChoose: (time: string) => void;
};

export function TimePicker({ day, slots, zone, chosen, onChoose }: Props) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-3 text-20 font-strong tracking-[-0.01em]">
        Time on {dayWords(day)}
      </legend>
      <div className="grid gap-4">
        {partsOf(slots, zone).map((part) => (
          <fieldset key={part.name} className="min-w-0">
            <legend className="mb-1.5 text-14 text-ink-2">{part.name}</legend>
            <div className="grid grid-cols-4 gap-2">
              {part.times.map(({ slot, label }) => (
                <Pick
                  key={slot.starts_at}
                  name="time"
                  checked={slot.starts_at === chosen}
                  className="min-h-12 auto-cols-max grid-flow-col justify-center gap-1.5 px-1"
                  onChoose={() => onChoose(slot.starts_at)}
                >
                  {slot.starts_at === chosen && <Icon name="check" />}
                  {label}
                </Pick>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </fieldset>
  );
}
