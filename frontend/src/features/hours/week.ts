/** A bookable week while it is edited: stretches of each weekday on the wall clock. Pure. */
import type { WeeklyHours } from "@/api/types";

export type Stretch = { start: string; end: string };
/** Monday first. */
export type Week = readonly (readonly Stretch[])[];

type Rule = WeeklyHours["rules"][number];

export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

export const EMPTY: Week = WEEKDAYS.map(() => []);
export const OFFICE: Week = WEEKDAYS.map((_, day) =>
  day < 5 ? [{ start: "09:00", end: "17:00" }] : [],
);

const DAY = 24 * 60;
const QUARTER = 15;

/** Minutes since midnight; null for what is no time. An end at midnight is the end of the day. */
export function minutesOf(clock: string, isEnd = false): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock);
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return isEnd && minutes === 0 ? DAY : minutes;
}

export function weekOf(rules: readonly Rule[]): Week {
  const ofDay = (day: number) => rules.filter(({ weekday }) => weekday === day);
  const short = ({ start, end }: Rule) => ({ start: start.slice(0, 5), end: end.slice(0, 5) });
  return WEEKDAYS.map((_, day) => ofDay(day).map(short).toSorted(byStart));
}

const byStart = (one: Stretch, other: Stretch): number => one.start.localeCompare(other.start);

export function rulesOf(week: Week): Rule[] {
  return week.flatMap((stretches, weekday) =>
    stretches.toSorted(byStart).map(({ start, end }) => ({
      weekday,
      start: `${start}:00`,
      end: `${end}:00`,
    })),
  );
}

/** What is wrong, by `day.place`. */
export function problemsOf(week: Week): Record<string, string> {
  const found: Record<string, string> = {};
  week.forEach((stretches, day) => {
    stretches.forEach((stretch, at) => {
      const others = stretches.filter((_, other) => other < at);
      const wrong = alone(stretch) ?? beside(stretch, others);
      if (wrong) found[`${day}.${at}`] = wrong;
    });
  });
  return found;
}

function alone({ start, end }: Stretch): string | null {
  const from = minutesOf(start);
  const to = minutesOf(end, true);
  if (from === null || to === null) return "Say from when to when.";
  if (from % QUARTER || to % QUARTER) return "Hours begin and end on quarters.";
  return to > from ? null : "They end before they begin.";
}

function beside(stretch: Stretch, others: readonly Stretch[]): string | null {
  const other = others.find((one) => overlaps(one, stretch));
  return other ? `They overlap with ${other.start} to ${other.end}.` : null;
}

/** Whether both share time; those that only touch share none. */
export function overlaps(one: Stretch, other: Stretch): boolean {
  const [a, b] = [minutesOf(one.start), minutesOf(other.start)];
  const [aEnd, bEnd] = [minutesOf(one.end, true), minutesOf(other.end, true)];
  if (a === null || b === null || aEnd === null || bEnd === null) return false;
  return a < bEnd && b < aEnd;
}

/** The next stretch one would add to a day: after the last one, or the usual day. */
export function nextStretch(stretches: readonly Stretch[]): Stretch {
  const last = stretches.map(({ end }) => minutesOf(end, true) ?? 0).toSorted((a, b) => b - a)[0];
  if (last === undefined) return { start: "09:00", end: "17:00" };
  const start = Math.min(last + 60, DAY - 60);
  return { start: clockOf(start), end: clockOf(Math.min(start + 120, DAY)) };
}

function clockOf(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60) % 24, minutes % 60];
  return `${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

/** "32 h a week". */
export function hoursOf(week: Week): number {
  const minutes = week.flat().map(({ start, end }) => {
    const [from, to] = [minutesOf(start), minutesOf(end, true)];
    return from === null || to === null ? 0 : Math.max(0, to - from);
  });
  return Math.round((minutes.reduce((sum, one) => sum + one, 0) / 60) * 10) / 10;
}
