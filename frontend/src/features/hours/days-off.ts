/** Days off as stretches of dates: "2026-12-24" to "2027-01-03". Pure; a date has no zone. */

export type Range = { from: string; to: string };

const DAY_MS = 86_400_000;
export const MOST_DAYS = 400;

const at = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Days that follow each other, as one range each. */
export function rangesOf(days: readonly string[]): Range[] {
  const ranges: Range[] = [];
  for (const day of [...new Set(days)].toSorted()) {
    const last = ranges.at(-1);
    if (last && at(day) - at(last.to) === DAY_MS) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
}

/** Every day of the range; none for one that runs backwards or is no date. */
export function daysIn({ from, to }: Range): string[] {
  const [start, end] = [at(from), at(to)];
  if (Number.isNaN(start) || Number.isNaN(end) || end < start) return [];
  const count = Math.min(Math.round((end - start) / DAY_MS) + 1, MOST_DAYS);
  return Array.from({ length: count }, (_, n) => dateOf(start + n * DAY_MS));
}

/** Why the range cannot be added, or null. */
export function rangeProblem({ from, to }: Range, days: readonly string[]): string | null {
  if (!from || !to) return "Say the first and the last day.";
  if (at(to) < at(from)) return "The last day is before the first.";
  const all = new Set([...days, ...daysIn({ from, to })]);
  if (all.size > MOST_DAYS) return `At most ${MOST_DAYS} days off are kept.`;
  return all.size === new Set(days).size ? "These days are off already." : null;
}

export const withRange = (days: readonly string[], range: Range): string[] =>
  [...new Set([...days, ...daysIn(range)])].toSorted();

export function withoutRange(days: readonly string[], range: Range): string[] {
  const gone = new Set(daysIn(range));
  return days.filter((day) => !gone.has(day));
}

/** "24 Dec 2026 to 3 Jan 2027", "1 May 2027". */
export function rangeWords({ from, to }: Range): string {
  return from === to ? dateWords(from) : `${dateWords(from)} to ${dateWords(to)}`;
}

function dateWords(date: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" }).format(
    at(date),
  );
}
