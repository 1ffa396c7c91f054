/** Dates in words, in the zone of whoever reads. Pure. */
import { cityOf, longDay, wallClock } from "@/lib/wall-clock";

/** "Friday 4 December". */
export const day = longDay;

/** "23:59, Lisbon time". */
export function hour(at: string, zone?: string): string {
  const used = zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const time = wallClock(at, used);
  return used === "UTC" ? `${time} UTC` : `${time}, ${cityOf(used)} time`;
}

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** "seven questions". */
export function counted(n: number, one: string): string {
  return `${WORDS[n] ?? n} ${n === 1 ? one : `${one}s`}`;
}

/** "Amina, Tomás and Ruth". */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB", { type: "conjunction" }).format(names);
}

/** The name to greet with. */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
