/** Instants on the wall clock of a zone, and the same one in two zones. Pure. */
import { cityOf, dateIn, longDay, wallClock } from "@/lib/wall-clock";

/** The reader's own zone. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** "Mon 30 Nov" there. */
export function dayIn(at: string, zone: string): string {
  return format(at, zone, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
}

/** "Berlin, GMT+1": its city, and how far it is off at that instant. */
export function zoneWords(zone: string, at: string): string {
  if (zone === "UTC") return "UTC";
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" });
  const offset = parts.formatToParts(new Date(at)).find(({ type }) => type === "timeZoneName");
  return `${cityOf(zone)}, ${offset?.value ?? zone}`;
}

/** UTC is what stands there until somebody says a zone: nobody lives in it. */
export const isKnown = (zone: string): boolean => zone !== "UTC";

/** Whether both zones show the same wall clock at that instant. */
export function isSameClock(at: string, one: string, other: string): boolean {
  return (
    one === other ||
    (wallClock(at, one) === wallClock(at, other) && dateIn(at, one) === dateIn(at, other))
  );
}

export type Span = { starts_at: string; ends_at: string };

/** "Mon 30 Nov, 09:00 to 09:45": the end's day is named where it is another one. */
export function spanIn({ starts_at, ends_at }: Span, zone: string): string {
  const end = wallClock(ends_at, zone);
  const over = dateIn(starts_at, zone) !== dateIn(ends_at, zone);
  return `${dayIn(starts_at, zone)}, ${wallClock(starts_at, zone)} to ${over ? `${dayIn(ends_at, zone)}, ` : ""}${end}`;
}

export type DayOf<T> = { date: string; label: string; times: T[] };

/** Times by the day they begin on there, in order. */
export function byDay<T extends { starts_at: string }>(times: readonly T[], zone: string) {
  const days = new Map<string, DayOf<T>>();
  for (const time of times) {
    const date = dateIn(time.starts_at, zone);
    const day = days.get(date) ?? { date, label: longDay(time.starts_at, zone), times: [] };
    day.times.push(time);
    days.set(date, day);
  }
  return [...days.values()];
}

function format(at: string, zone: string, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-GB", { ...how, timeZone: zone }).format(new Date(at));
}
