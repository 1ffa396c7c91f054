/** Dates in words, in the zone of whoever reads. Pure. */

type Zone = string | undefined;

/** "Friday 4 December". */
export function day(at: string, zone?: Zone): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: zone,
  })
    .format(new Date(at))
    .replace(",", "");
}

/** "23:59, Lisbon time". */
export function hour(at: string, zone?: Zone): string {
  const used = zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const time = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: used,
  }).format(new Date(at));
  if (used === "UTC") return `${time} UTC`;
  const city = used.split("/").at(-1)?.replaceAll("_", " ");
  return `${time}, ${city} time`;
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
