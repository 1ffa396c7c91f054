/** What clock and calendar show at an instant, in a zone. Pure. */

/** "10:30". */
export function wallClock(at: string | Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  }).format(new Date(at));
}

/** "2026-11-30": sorts, and is the same for every instant of that day there. */
export function dateIn(at: string, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(new Date(at));
}

/** "Monday 30 November", in the reader's own zone where none is given. */
export function longDay(at: string, zone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: zone,
  })
    .format(new Date(at))
    .replace(",", "");
}

/** "Buenos Aires" of "America/Argentina/Buenos_Aires". */
export const cityOf = (zone: string): string =>
  zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
