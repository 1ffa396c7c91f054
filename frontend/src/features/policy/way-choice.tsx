/** Which way leads to an interview with the AI, as three answers with what each means. */
import type { JobPolicy } from "@/api/types";
import { cx } from "@/lib/cx";

type Way = JobPolicy["way"];

const WAYS: readonly { value: Way; label: string; hint: string }[] = [
  {
    value: "any_time",
    label: "Any time while the invitation is open",
    hint: "They start when it suits them, or choose a time.",
  },
  {
    value: "slots",
    label: "The candidate chooses a time",
    hint: "They pick one of the offered times, and the room opens shortly before it.",
  },
  {
    value: "system_proposes",
    label: "Interloop proposes a time",
    hint: "It puts the first time that fits aside; they accept it or ask for another.",
  },
];

export function WayChoice({ value, onChange }: { value: Way; onChange: (way: Way) => void }) {
  return (
    <div role="radiogroup" aria-label="The way to an interview" className="grid gap-2 p-4">
      {WAYS.map((way) => (
        <label
          key={way.value}
          className={cx(
            "flex cursor-pointer items-start gap-3 rounded-m border border-line-strong bg-surface px-3 py-2.5",
            "has-checked:border-accent has-checked:bg-accent-tint",
            "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
          )}
        >
          <input
            type="radio"
            name="way"
            value={way.value}
            checked={way.value === value}
            onChange={() => onChange(way.value)}
            className="mt-0.5 size-4.5 flex-none accent-accent outline-none"
          />
          <span>
            <b className="font-strong">{way.label}</b>
            <span className="block text-12 text-ink-2">{way.hint}</span>
          </span>
        </label>
      ))}
      <p className="text-12 text-ink-2">
        An interview with a person always has a time: chosen by the candidate, or proposed.
      </p>
    </div>
  );
}
