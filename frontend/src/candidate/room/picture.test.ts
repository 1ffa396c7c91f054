import { describe, expect, test } from "vitest";
import type { RoomState, SenderLimits } from "./messages";
import { pictureState, pictureWords } from "./picture";
import { connectionWord } from "./sign";
import { START, type View } from "./state";

const limits = (part: Partial<SenderLimits> = {}): SenderLimits => ({
  kind: "sender",
  seq: 0,
  line: "good",
  active: true,
  agreed: true,
  height: 480,
  max_kbit: 700,
  max_framerate: 30,
  ...part,
});

const view = (part: Partial<View> = {}): View => ({
  ...START,
  line: "open",
  voice: "on",
  picture: "shared",
  room: { phase: "candidate" } as RoomState,
  sender: limits(),
  ...part,
});

describe("one's own picture", () => {
  test("is called recorded only while it is", () => {
    expect(pictureState(view())).toBe("recorded");
    expect(pictureState(view({ voice: "failed" }))).toBe("waits");
    expect(pictureState(view({ line: "lost" }))).toBe("waits");
    for (const phase of ["connecting", "waiting", "paused"] as const)
      expect(pictureState(view({ room: { phase } as RoomState }))).toBe("waits");
  });

  test("is called kept while it does not get through and this device has it", () => {
    expect(pictureState(view({ line: "lost" }), true)).toBe("kept");
    expect(pictureState(view({ voice: "connecting", sender: null }), true)).toBe("kept");
    expect(pictureState(view(), true)).toBe("recorded");
    expect(pictureState(view({ room: { phase: "paused" } as RoomState }), true)).toBe("waits");
    expect(pictureState(view({ picture: "local", line: "lost" }), true)).toBe("yours");
    const resting = view({ sender: limits({ active: false, height: 0 }) });
    expect(pictureWords(resting, true)).toBe(
      "Your picture rests: the line is kept for your voice. This device keeps it and adds it later.",
    );
    expect(pictureWords(resting, false)).toBe(
      "Your picture rests: the line is kept for your voice.",
    );
    expect(pictureWords(view({ picture: "off" }), false)).toBeNull();
  });

  test("is nobody else's without a yes", () => {
    expect(pictureState(view({ picture: "local" }))).toBe("yours");
    expect(pictureState(view({ sender: limits({ agreed: false, active: false }) }))).toBe("yours");
    expect(pictureState(view({ picture: "off" }))).toBe("off");
  });

  test("goes the long way too, unless this browser cannot", () => {
    expect(pictureState(view({ way: "wire" }))).toBe("recorded");
    expect(pictureState(view({ way: "wire", films: false }))).toBe("stays");
    expect(pictureState(view({ way: "direct", films: false }))).toBe("recorded");
    const sender = limits({ active: false, height: 0 });
    expect(pictureState(view({ way: "wire", sender }))).toBe("rests");
  });

  test("rests when the line carries the voice alone", () => {
    const sender = limits({ line: "voice_only", active: false, height: 0 });
    expect(pictureState(view({ sender }))).toBe("rests");
    expect(connectionWord(view({ sender }))).toEqual({ word: "voice only", trouble: true });
    expect(connectionWord(view({ sender, picture: "off" })).word).toBe("weak");
  });
});

test("a line that carries less is called weak", () => {
  expect(connectionWord(view()).word).toBe("good");
  expect(connectionWord(view({ sender: limits({ line: "weak" }) })).word).toBe("weak");
});
