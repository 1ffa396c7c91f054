/** Another zone, found by city or country. */
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from "react";
import { cx } from "@/lib/cx";
import { step } from "@/lib/move";
import { wallClock } from "@/lib/wall-clock";
import { Dialog, Field, Input } from "@/ui";
import { allZones, countriesByZone, deviceZone, findZones, type Zone } from "./zones";

const MOST = 60;

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  zone: string;
  onZone: (zone: string) => void;
};

export function ZoneDialog({ open, onOpenChange, zone, onZone }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Show times in another zone">
      {open && <Search zone={zone} onZone={onZone} />}
    </Dialog>
  );
}

function Search({ zone, onZone }: Pick<Props, "zone" | "onZone">) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const zones = useMemo(() => allZones(Intl.supportedValuesOf("timeZone"), countriesByZone()), []);
  const found = useMemo(() => ordered(findZones(zones, typed), zone), [zones, typed, zone]);
  const shown = found.slice(0, MOST);
  useEffect(() => {
    document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [list, at]);
  const press = (event: KeyboardEvent) => {
    const chosen = shown[at];
    if (event.key === "Enter" && chosen) onZone(chosen.name);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setAt(step(at, event.key === "ArrowDown" ? 1 : -1, shown.length));
  };
  return (
    <>
      <Field label="City or country">
        {(ids) => (
          <Input
            {...ids}
            autoFocus
            autoComplete="off"
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={shown[at] && `${list}-${at}`}
            className="h-12 text-17"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(0);
            }}
            onKeyDown={press}
          />
        )}
      </Field>
      <div
        id={list}
        role="listbox"
        aria-label="Zones"
        tabIndex={-1}
        className="mt-3 grid max-h-[46vh] gap-0.5 overflow-y-auto"
      >
        {shown.map((each, index) => (
          <Line
            key={each.name}
            id={`${list}-${index}`}
            each={each}
            marked={index === at}
            onChoose={() => onZone(each.name)}
          />
        ))}
      </div>
      <p role="status" className="mt-2 text-14 text-ink-2">
        {counted(shown.length, found.length)}
      </p>
    </>
  );
}

type LineProps = { id: string; each: Zone; marked: boolean; onChoose: () => void };

function Line({ id, each, marked, onChoose }: LineProps) {
  const now = useMemo(() => new Date(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox above
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={marked}
      onClick={onChoose}
      className={cx(
        "flex min-h-11 cursor-pointer items-center gap-3 rounded-s px-2.5 text-17",
        marked ? "bg-accent-tint" : "hover:bg-hover",
      )}
    >
      <span className="min-w-0 flex-1">
        <span className="font-strong">{each.city}</span>{" "}
        <span className="text-14 text-ink-2">{each.region}</span>
      </span>
      <span className="num text-ink-2">{wallClock(now, each.name)}</span>
    </div>
  );
}

/** While nothing is typed: what is shown now and what the device is set to come first. */
function ordered(found: Zone[], zone: string): Zone[] {
  const near = [zone, deviceZone()];
  const rank = ({ name }: Zone) => Number(!near.includes(name));
  return [...found].sort((one, other) => rank(one) - rank(other));
}

function counted(shown: number, found: number): string {
  if (found === 0) return "No zone of this name. Try a larger city near you, or your country.";
  return shown < found ? `${shown} of ${found}. Type to find yours.` : "";
}
