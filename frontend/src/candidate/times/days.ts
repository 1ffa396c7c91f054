/** Times sorted into the days of a zone, and the days into weeks. Pure; right on every wall clock. */
import { dateIn, wallClock } from "@/lib/wall-clock";

export type Slot = { starts_at: string; ends_at: string };

export type TimeOfDay = {
  slot: Slot;
  /** "10:30"; where an hour comes twice, with the name of its clock. */
  label: string;
};

export type Part = { name: "Morning" | "Afternoon" | "Evening"; times: TimeOfDay[] };

/** Times by day, in order. */
export function byDay(slots: readonly Slot[], zone: string): Map<string, Slot[]> {
  const days = new Map<string, Slot[]>();
  const sorted = [...slots].sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
  for (const slot of sorted) {
    const day = dateIn(slot.starts_at, zone);
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return days;
}

export type Day = { key: string; date: number; month: string; free: number };

const DAY_MS = 86_400_000;
const noon = (key: string): Date => new Date(`${key}T12:00:00Z`);

/** Whole weeks, Monday first, from the first day with a time to the last. */
export function weeksOf(days: ReadonlyMap<string, readonly Slot[]>): Day[][] {
  const keys = [...days.keys()].sort();
  const [first, last] = [keys[0], keys.at(-1)];
  if (!first || !last) return [];
  const weeks: Day[][] = [];
  for (let monday = mondateIn(first); monday <= noon(last).getTime(); monday += 7 * DAY_MS)
    weeks.push(week(monday, days));
  return weeks;
}

function mondateIn(key: string): number {
  const at = noon(key);
  return at.getTime() - ((at.getUTCDay() + 6) % 7) * DAY_MS;
}

function week(monday: number, days: ReadonlyMap<string, readonly Slot[]>): Day[] {
  return Array.from({ length: 7 }, (_, index) => {
    const at = new Date(monday + index * DAY_MS);
    const key = at.toISOString().slice(0, 10);
    return { key, date: at.getUTCDate(), month: monthOf(at), free: days.get(key)?.length ?? 0 };
  });
}

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });
const monthOf = (at: Date): string => MONTH.format(at).slice(0, 3);

const LONG = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  timeZone: "UTC",
});

/** "Tuesday 24 November" of a day's key. */
export const dayWords = (key: string): string => LONG.format(noon(key)).replace(",", "");

/** The times of one day in its parts; a part without times is left out. */
export function partsOf(slots: readonly Slot[], zone: string): Part[] {
  const labels = slots.map((slot) => wallClock(slot.starts_at, zone));
  const times = slots.map((slot, index) => {
    const label = labels[index] ?? "";
    const twice = labels.filter((each) => each === label).length > 1;
    return { slot, label: twice ? `${label} ${clockName(slot.starts_at, zone)}` : label };
  });
  const parts: Part[] = [
    { name: "Morning", times: times.filter(({ label }) => label < "12") },
    { name: "Afternoon", times: times.filter(({ label }) => label >= "12" && label < "17") },
    { name: "Evening", times: times.filter(({ label }) => label >= "17") },
  ];
  return parts.filter((part) => part.times.length > 0);
}

/** "CEST": which of two clocks an hour that comes twice is on. */
function clockName(at: string, zone: string): string {
  const named = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "short" });
  const part = named.formatToParts(new Date(at)).find(({ type }) => type === "timeZoneName");
  return part?.value ?? "";
}

/** The day to show: the wanted one while it has times, else the next that has some. */
export function dayToShow(
  days: ReadonlyMap<string, unknown>,
  wanted: string | null,
): string | null {
  const keys = [...days.keys()].sort();
  if (wanted && days.has(wanted)) return wanted;
  return keys.find((key) => wanted !== null && key > wanted) ?? keys[0] ?? null;
}
