import { expect, test } from "vitest";
import type { Appointment } from "@/api/types";
import { earlier, isOfUse, isUntold, standingOf } from "./standing";

const NOW = new Date("2026-11-30T09:00:00Z");

const time = (id: string, more: Partial<Appointment>): Appointment =>
  ({
    id,
    state: "booked",
    starts_at: "2026-12-01T09:00:00Z",
    round_no: 1,
    proposed: false,
    ...more,
  }) as Appointment;

test("a booked time stands, and has begun once its hour has come", () => {
  expect(standingOf([time("a", {})], NOW).is).toBe("booked");
  const now = [time("a", { starts_at: "2026-11-30T09:00:00Z" })];
  expect(standingOf(now, NOW).is).toBe("begun");
});

test("what is put aside was proposed, or is being chosen", () => {
  expect(standingOf([time("a", { state: "held", proposed: true })], NOW).is).toBe("proposed");
  expect(standingOf([time("a", { state: "held" })], NOW).is).toBe("choosing");
});

test("what was missed shows until another time stands, and a cancelled one never", () => {
  const missed = time("old", { state: "missed" });
  const cancelled = time("gone", { state: "cancelled" });
  expect(standingOf([cancelled, missed], NOW)).toEqual({ is: "missed", time: missed });
  expect(standingOf([cancelled], NOW)).toEqual({ is: "none" });
  expect(standingOf([], NOW)).toEqual({ is: "none" });
  const booked = time("new", {});
  const standing = standingOf([cancelled, booked, missed], NOW);
  expect(standing).toEqual({ is: "booked", time: booked });
  expect(earlier([cancelled, booked, missed], standing)).toEqual([cancelled, missed]);
});

test("what became of an earlier round is not where the next one stands", () => {
  const kept = time("one", { state: "kept", round_no: 1 });
  const given_up = time("two", { state: "cancelled", round_no: 2 });
  expect(standingOf([given_up, kept], NOW)).toEqual({ is: "none" });
});

test("a meeting nobody has told of stays in the list, others go a day after", () => {
  const [hours, week] = ["2026-11-30T02:00:00Z", "2026-11-23T09:00:00Z"];
  const of = (state: Appointment["state"], at: string) =>
    time("a", { state, starts_at: at, ends_at: at, interviewer: { id: "u" } as never });
  expect(isOfUse(of("kept", hours), NOW)).toBe(true);
  expect(isOfUse(of("kept", week), NOW)).toBe(false);
  expect(isOfUse(of("booked", week), NOW)).toBe(true);
  expect(isOfUse(of("cancelled", hours), NOW)).toBe(false);
  expect(isUntold(of("booked", week), NOW)).toBe(true);
  expect(isUntold(of("kept", week), NOW)).toBe(false);
  expect(isUntold({ ...of("booked", week), interviewer: null }, NOW)).toBe(false);
});
