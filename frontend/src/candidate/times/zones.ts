/** Time zones in words, and how one finds one's own. Pure but for what the browser knows. */
import { fold } from "@/lib/find";
import { cityOf } from "@/lib/wall-clock";

/** "Lisbon time"; UTC is its own name. */
export const zoneWords = (zone: string): string =>
  zone === "UTC" ? "UTC" : `${cityOf(zone)} time`;

/** "UTC+01:00" as it is at that instant. */
export function offsetOf(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longOffset" });
  const name = parts.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "";
  return name.replace("GMT", "UTC");
}

/** True for a name that this browser can count in. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return zone !== "";
  } catch {
    return false;
  }
}

/** The zone this device is set to; null when it does not say. */
export function deviceZone(): string | null {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone && timeZone !== "Etc/Unknown" && isZone(timeZone) ? timeZone : null;
}

export type Zone = {
  name: string;
  city: string;
  /** "Europe", "America / Argentina". */
  region: string;
  /** What it is found by, folded. */
  found: string;
};

/** Every zone this browser knows, by city. */
export function allZones(names: readonly string[], countries: ReadonlyMap<string, string>): Zone[] {
  const zones = [...new Set([...names, "UTC"])].map((name) => {
    const city = cityOf(name);
    const region = name.split("/").slice(0, -1).join(" / ").replaceAll("_", " ");
    const country = countries.get(name) ?? "";
    return { name, city, region: country || region, found: fold(`${city} ${region} ${country}`) };
  });
  return zones.sort((one, other) => one.city.localeCompare(other.city, "en"));
}

/** The zones that hold every typed word; those whose city begins with it come first. */
export function findZones(zones: readonly Zone[], typed: string): Zone[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const found = zones.filter((zone) => words.every((word) => zone.found.includes(word)));
  const first = (zone: Zone) => Number(!fold(zone.city).startsWith(words[0] ?? ""));
  return found.sort((one, other) => first(one) - first(other));
}

type Located = Intl.Locale & { getTimeZones?: () => string[] | undefined };

/** Country by zone, where the browser can tell: people look for "Portugal" as well. */
export function countriesByZone(): Map<string, string> {
  const found = new Map<string, string>();
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  for (const code of letters.flatMap((one) => letters.map((other) => one + other))) {
    const country = names.of(code);
    const zones = country ? (new Intl.Locale(`und-${code}`) as Located).getTimeZones?.() : null;
    for (const zone of zones ?? []) if (country && !found.has(zone)) found.set(zone, country);
  }
  return found;
}
