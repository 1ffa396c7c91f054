import { describe, expect, test } from "vitest";
import { ClockWatch, type Reading, readingFor } from "./clock";

/** A pong that took `way` ms, of which `out` there. */
const pong = (at: number, way: number, out = way / 2, epoch = 1) => ({
  at,
  now: at + way,
  clock: at + out - 100_000,
  epoch,
});

describe("the interview's clock", () => {
  test("is read half a way back", () => {
    expect(new ClockWatch(7).heard(pong(200_000, 80))).toEqual({
      load: 7,
      epoch: 1,
      since: 200_080,
      offset: -100_000,
      error: 40,
    });
  });

  test("is not moved by a pong that waited in a weak line", () => {
    const watch = new ClockWatch(7);
    watch.heard(pong(200_000, 40));
    expect(watch.heard(pong(201_000, 3000, 2900))).toBeNull();
  });

  test("is read better when the line gets better", () => {
    const watch = new ClockWatch(7);
    watch.heard(pong(200_000, 3000, 2900));
    expect(watch.heard(pong(204_000, 40))?.offset).toBe(-100_000);
  });

  test("is read anew from another gateway", () => {
    const watch = new ClockWatch(7);
    watch.heard(pong(200_000, 40));
    expect(watch.heard(pong(201_000, 400, 200, 2))?.epoch).toBe(2);
  });
});

describe("a sound is placed", () => {
  const reading = (load: number, since: number, offset: number): Reading => ({
    load,
    since,
    offset,
    epoch: 1,
    error: 1,
  });
  const readings = [reading(1, 100, 10), reading(1, 900, 11), reading(2, 2000, 12)];

  test("by what was known when it was spoken", () => {
    expect(readingFor(readings, { load: 1, at: 950 })?.offset).toBe(11);
    expect(readingFor(readings, { load: 1, at: 500 })?.offset).toBe(10);
  });

  test("by the first reading after it when there was none yet", () => {
    expect(readingFor(readings, { load: 2, at: 1500 })?.offset).toBe(12);
  });

  test("by another load of the page rather than not at all", () => {
    expect(readingFor(readings, { load: 3, at: 3000 })?.offset).toBe(12);
    expect(readingFor([], { load: 3, at: 3000 })).toBeNull();
  });
});
