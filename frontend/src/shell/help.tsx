/** What every key of this page does, and the switch for whom single keys are in the way. */
import { Dialog, Kbd, Tick } from "@/ui";
import { useShortcutRegistry } from "./shortcuts";

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

export function HelpDialog({ open, onOpenChange }: Props) {
  const { known, enabled, setEnabled } = useShortcutRegistry();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard">
      <dl className="grid gap-2">
        {known().map(({ key, label }) => (
          <div key={`${key} ${label}`} className="flex items-center gap-3">
            <dt className="w-24 flex-none">
              <Keys of={key} />
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <Tick
        className="mt-5"
        checked={enabled}
        onChange={(event) => setEnabled(event.target.checked)}
      >
        Single keys work on this device
      </Tick>
    </Dialog>
  );
}

const NAMES: Record<string, string> = { " ": "Space", ArrowDown: "↓", ArrowUp: "↑" };

export function Keys({ of }: { of: string }) {
  return (
    <span className="inline-flex gap-1 text-ink-2">
      {of.split("+").map((key) => (
        <Kbd key={key}>{NAMES[key] ?? key}</Kbd>
      ))}
    </span>
  );
}

/** The line below a list that tells which keys matter here. Hidden where there is no keyboard. */
export function KeyLine({ keys }: { keys: readonly (readonly [string, string])[] }) {
  return (
    <div className="mt-4 hidden flex-wrap gap-x-4 gap-y-2 text-12 text-ink-2 sm:flex">
      {keys.map(([key, label]) => (
        <span key={label} className="inline-flex items-center gap-1.5">
          {key.split(" ").map((one) => (
            <Kbd key={one}>{one}</Kbd>
          ))}
          {label}
        </span>
      ))}
    </div>
  );
}
