import { expect, test } from "vitest";
import { cityOf, wallClock } from "@/lib/wall-clock";
import { allZones, findZones, isZone, offsetOf, zoneWords } from "./zones";

const ZONES = allZones(
  ["Europe/Lisbon", "America/Sao_Paulo", "America/Argentina/Salta", "Atlantic/Azores"],
  new Map([
    ["Europe/Lisbon", "Portugal"],
    ["Atlantic/Azores", "Portugal"],
    ["America/Sao_Paulo", "Brazil"],
  ]),
);
const found = (typed: string) => findZones(ZONES, typed).map((zone) => zone.name);

test("a zone is called by its city", () => {
  expect(cityOf("America/New_York")).toBe("New York");
  expect(zoneWords("Europe/Lisbon")).toBe("Lisbon time");
  expect(zoneWords("UTC")).toBe("UTC");
});

test("a zone is found by city, country and part of the world, however one types", () => {
  expect(found("são paulo")).toEqual(["America/Sao_Paulo"]);
  expect(found("SAO")).toEqual(["America/Sao_Paulo"]);
  expect(found("portugal")).toEqual(["Atlantic/Azores", "Europe/Lisbon"]);
  expect(found("salta argentina")).toEqual(["America/Argentina/Salta"]);
  expect(found("atlantis")).toEqual([]);
  expect(found("")).toHaveLength(5);
});

test("whose city begins with the word comes first", () => {
  const zones = allZones(["Africa/Asmara", "Asia/Kabul"], new Map([["Africa/Asmara", "a k"]]));
  expect(findZones(zones, "k").map((zone) => zone.name)).toEqual(["Asia/Kabul", "Africa/Asmara"]);
});

test("the clock of a zone is read at that instant, in summer and in winter", () => {
  expect(wallClock("2026-07-01T12:00:00Z", "Europe/Berlin")).toBe("14:00");
  expect(wallClock("2026-12-01T12:00:00Z", "Europe/Berlin")).toBe("13:00");
  expect(offsetOf("Europe/Berlin", new Date("2026-07-01T12:00:00Z"))).toBe("UTC+02:00");
  expect(offsetOf("Asia/Kolkata", new Date("2026-07-01T12:00:00Z"))).toBe("UTC+05:30");
});

test("a name that no clock keeps is no zone", () => {
  expect([isZone("Europe/Lisbon"), isZone("Europe/Nowhere"), isZone("")]).toEqual([
    true,
    false,
    false,
  ]);
});
