/** Words for instants and durations. Pure: the present is always handed in. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its largest fitting unit: "now", "25 min", "3 h", "12 d". */
export function span(ms: number): string {
  const size = Math.abs(ms);
  if (size < MINUTE) return "now";
  if (size < HOUR) return `${Math.floor(size / MINUTE)} min`;
  if (size < 2 * DAY) return `${Math.floor(size / HOUR)} h`;
  return `${Math.floor(size / DAY)} d`;
}

/** "3 h ago", "in 25 min", "now". */
export function relativeTime(at: string, now: Date): string {
  const gap = new Date(at).getTime() - now.getTime();
  const words = span(gap);
  if (words === "now") return words;
  return gap > 0 ? `in ${words}` : `${words} ago`;
}

/** How long something has waited, without "ago": "3 d". */
export function since(at: string, now: Date): string {
  return span(now.getTime() - new Date(at).getTime());
}

/** "Thu 26 Nov 2026, 14:05" in the reader's own zone. */
export function exactTime(at: string, zone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  }).format(new Date(at));
}

/** "26 Nov". */
export function shortDate(at: string, zone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: zone,
  }).format(new Date(at));
}

/** A place on the interview clock: 65_000 ms is "1:05", an hour and more "1:01:05". */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = String(seconds % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** A length of sound or silence: 14_000 ms is "14 s", a minute and more "2:05 min". */
export function lengthWords(ms: number): string {
  return ms < 60_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : `${clock(ms)} min`;
}

/** "1 person", "3 people". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

const KB = 1000;

/** A size in its largest fitting unit: "120 kB", "3.4 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < KB * KB) return `${Math.max(1, Math.round(bytes / KB))} kB`;
  const mb = bytes / (KB * KB);
  return `${mb < 10 ? mb.toFixed(1) : Math.round(mb)} MB`;
}
