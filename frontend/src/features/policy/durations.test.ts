import { expect, test } from "vitest";
import { durationWords, lengthOf, roughWords, secondsOf } from "./durations";

test("a length stands in the largest unit that holds it whole", () => {
  expect(lengthOf(2700)).toEqual({ amount: "45", unit: "min" });
  expect(lengthOf(5400)).toEqual({ amount: "90", unit: "min" });
  expect(lengthOf(14_400)).toEqual({ amount: "4", unit: "h" });
  expect(lengthOf(1_209_600)).toEqual({ amount: "14", unit: "d" });
  expect(lengthOf(0)).toEqual({ amount: "0", unit: "min" });
  expect(lengthOf(90)).toEqual({ amount: "1.5", unit: "min" });
});

test("what is typed becomes seconds, and comes back as it was", () => {
  for (const seconds of [0, 60, 900, 5400, 86_400, 86_460, 7_776_000])
    expect(secondsOf(lengthOf(seconds))).toBe(seconds);
  expect(secondsOf({ amount: " 1,5 ", unit: "h" })).toBe(5400);
});

test("what is no number is no length", () => {
  for (const amount of ["", "-1", "1e3", "two", "1.2.3", "Infinity"])
    expect(secondsOf({ amount, unit: "min" })).toBeNull();
});

test("words say one and many", () => {
  expect(durationWords(0)).toBe("none");
  expect(durationWords(60)).toBe("1 minute");
  expect(durationWords(86_400 * 2)).toBe("2 days");
  expect(durationWords(3600)).toBe("1 hour");
  expect(roughWords(1_209_600 / 3)).toBe("5 days");
  expect(roughWords(86_400 * 1.5)).toBe("36 hours");
  expect(roughWords(1200)).toBe("20 minutes");
});
