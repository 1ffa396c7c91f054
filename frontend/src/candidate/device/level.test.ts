import { describe, expect, test } from "vitest";
import { decibels, levelWord, litBars, loudness, smoothed } from "./level";

const sine = (amplitude: number) =>
  Float32Array.from(
    { length: 4800 },
    (_, n) => amplitude * Math.sin((2 * Math.PI * 50 * n) / 4800),
  );

describe("the level of a microphone", () => {
  test("a full sine is 3 dB below full scale, half of it 6 dB less", () => {
    expect(decibels(sine(1))).toBeCloseTo(-3.01, 1);
    expect(decibels(sine(0.5))).toBeCloseTo(-9.03, 1);
  });

  test("silence lights nothing, also when there are no samples at all", () => {
    expect(litBars(loudness(decibels(new Float32Array(128))), 32)).toBe(0);
    expect(litBars(loudness(decibels([])), 32)).toBe(0);
  });

  test("a shout lights every bar and no more", () => {
    expect(litBars(loudness(decibels(sine(1))), 32)).toBe(32);
  });

  test.each([
    [0, "Nothing yet"],
    [0.2, "Quiet"],
    [0.6, "Good"],
    [1, "Loud"],
  ] as const)("%d reads as %s", (level, word) => {
    expect(levelWord(level)).toBe(word);
  });

  test("the meter rises at once and falls in steps", () => {
    expect(smoothed(0.1, 0.8)).toBe(0.8);
    expect(smoothed(0.8, 0)).toBeCloseTo(0.74);
    expect(smoothed(0.03, 0)).toBe(0);
  });
});
