import { expect, test } from "vitest";
import { FREE, press, release } from "./hold";

test("the turn is kept as long as the button is down", () => {
  const down = press(FREE, 0);
  expect(down.on).toBe(true);
  expect(release(down, 2000)).toEqual(FREE);
});

test("a short press locks, the next one frees", () => {
  const locked = release(press(FREE, 0), 100);
  expect([locked.on, locked.locked]).toEqual([true, true]);
  const freed = press(locked, 5000);
  expect(freed).toEqual(FREE);
  expect(release(freed, 5100)).toEqual(FREE);
});

test("a key that repeats does not begin anew", () => {
  const down = press(FREE, 0);
  expect(press(down, 300)).toBe(down);
});
