/** Instants on the wall clock of a zone, and the same one in two zones. Pure. */

/** The reader's own zone. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** "09:00" on the wall clock of the zone. */
export function timeIn(at: string, zone: string): string {
  return format(at, zone, { hour: "2-digit", minute: "2-digit" });
}

/** "Mon 30 Nov" there. */
export function dayIn(at: string, zone: string): string {
  return format(at, zone, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
}

/** "Monday 30 November" there. */
export function longDayIn(at: string, zone: string): string {
  return format(at, zone, { weekday: "long", day: "numeric", month: "long" }).replace(",", "");
}

/** "2026-11-30" there: sorts, and is the same for every instant of that day. */
export function dateIn(at: string, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(new Date(at));
}

/** "Berlin, GMT+1": its city, and how far it is off at that instant. */
export function zoneWords(zone: string, at: string): string {
  if (zone === "UTC") return "UTC";
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" });
  const offset = parts.formatToParts(new Date(at)).find(({ type }) => type === "timeZoneName");
  return `${cityOf(zone)}, ${offset?.value ?? zone}`;
}

/** "America/Argentina/Buenos_Aires" is "Buenos Aires". */
export const cityOf = (zone: string): string =>
  zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");

/** UTC is what stands there until somebody says a zone: nobody lives in it. */
export const isKnown = (zone: string): boolean => zone !== "UTC";

/** Whether both zones show the same wall clock at that instant. */
export function isSameClock(at: string, one: string, other: string): boolean {
  return (
    one === other ||
    (timeIn(at, one) === timeIn(at, other) && dateIn(at, one) === dateIn(at, other))
  );
}

export type Span = { starts_at: string; ends_at: string };

/** "Mon 30 Nov, 09:00 to 09:45": the end's day is named where it is another one. */
export function spanIn({ starts_at, ends_at }: Span, zone: string): string {
  const end = timeIn(ends_at, zone);
  const over = dateIn(starts_at, zone) !== dateIn(ends_at, zone);
  return `${dayIn(starts_at, zone)}, ${timeIn(starts_at, zone)} to ${over ? `${dayIn(ends_at, zone)}, ` : ""}${end}`;
}

export type DayOf<T> = { date: string; label: string; times: T[] };

/** Times by the day they begin on there, in order. */
export function byDay<T extends { starts_at: string }>(times: readonly T[], zone: string) {
  const days = new Map<string, DayOf<T>>();
  for (const time of times) {
    const date = dateIn(time.starts_at, zone);
    const day = days.get(date) ?? { date, label: longDayIn(time.starts_at, zone), times: [] };
    day.times.push(time);
    days.set(date, day);
  }
  return [...days.values()];
}

function format(at: string, zone: string, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-GB", { ...how, timeZone: zone }).format(new Date(at));
}
