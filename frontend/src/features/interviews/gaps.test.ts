import { expect, test } from "vitest";
import type { Gap, Interview } from "@/api/types";
import { filledWords, gapPlace, gapWords, lostMs } from "./gaps";

const gap = (source: Gap["source"], reason: Gap["reason"], start_ms = 65_000): Gap => ({
  source,
  reason,
  start_ms,
  end_ms: start_ms + 14_000,
});

test("a gap says what is missing, for how long and why", () => {
  expect(gapWords(gap("candidate_audio", "gateway_lost"))).toBe(
    "No sound for 14 s: a call server was lost and another took over",
  );
  expect(gapWords(gap("candidate_audio", "paused"))).toBe("Pause of 14 s: the candidate paused");
  expect(gapWords(gap("candidate_video", "no_picture"))).toMatch(
    /^No picture for 14 s: camera off/,
  );
  expect(gapPlace(gap("candidate_audio", "line_away"))).toBe("1:05 to 1:19");
});

test("a pause is no lost sound, and neither is a missing picture", () => {
  const gaps = [
    gap("candidate_audio", "line_away"),
    gap("candidate_audio", "paused"),
    gap("candidate_video", "no_picture"),
  ];
  expect(lostMs({ recording: { gaps } } as Interview)).toBe(14_000);
  expect(lostMs({ recording: null } as Interview)).toBe(0);
});

test("what the candidate's device added is told in one line", () => {
  const added = (filled_ms: number, picture_filled_ms: number) =>
    filledWords({ filled_ms, picture_filled_ms } as Interview["recording"]);
  expect(added(3000, 20_000)).toBe("3 s of sound and 20 s of picture");
  expect(added(0, 65_000)).toBe("1:05 min of picture");
  expect(added(3000, 0)).toBe("3 s of sound");
  expect(added(0, 0)).toBeNull();
  expect(filledWords(null)).toBeNull();
});
