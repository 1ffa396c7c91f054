import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ClientMessage, ServerMessage } from "./messages";
import { RoomSession } from "./session";

/** The browser's end of a socket, played by hand. */
class Wire {
  static all: Wire[] = [];
  readyState = 0;
  sent: ClientMessage[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: string) {
    Wire.all.push(this);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.readyState = 3;
  }

  opens(phase = "candidate"): void {
    this.readyState = 1;
    this.onopen?.();
    this.says({ kind: "state", seq: Wire.all.length, epoch: 1, phase });
  }

  says(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message as ServerMessage) });
  }

  kinds(kind: ClientMessage["kind"]): ClientMessage[] {
    return this.sent.filter((message) => message.kind === kind);
  }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const wire = () => Wire.all.at(-1) as Wire;

async function typist(): Promise<RoomSession> {
  const session = new RoomSession({
    join: async () => ({ at: "gateway", address: "http://127.0.0.1:9", ticket: "t", epoch: 1 }),
    hear: () => {},
    pictures: false,
  });
  session.start();
  await pass(0);
  wire().opens();
  return session;
}

async function comesBack(phase?: string): Promise<void> {
  wire().onclose?.();
  await pass(500);
  wire().opens(phase);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Wire);
  Wire.all = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the answer box", () => {
  test("a draft goes out at most once a second, and the newest one", async () => {
    const session = await typist();
    for (const text of ["W", "We", "We k"]) session.write(text);
    expect(wire().kinds("typed_draft")).toEqual([]);
    await pass(1000);
    expect(wire().kinds("typed_draft")).toEqual([{ kind: "typed_draft", text: "We k" }]);
  });

  test("what was written in the last second goes out before a pause, and before leaving", async () => {
    const session = await typist();
    session.write("We kept");
    session.act("pause");
    expect(wire().sent.slice(-2)).toEqual([
      { kind: "typed_draft", text: "We kept" },
      { kind: "act", act: "pause" },
    ]);
    session.write("We kept a key");
    session.stop();
    expect(wire().kinds("typed_draft")).toHaveLength(2);
  });

  test("what was written while the line was lost is told to the next one", async () => {
    const session = await typist();
    wire().onclose?.();
    session.write("We kept a key");
    await pass(500);
    wire().opens();
    expect(wire().kinds("typed_draft")).toEqual([{ kind: "typed_draft", text: "We kept a key" }]);
  });

  test("an answer that was not seen again is sent again with the same id", async () => {
    const session = await typist();
    session.answer("We kept a key.");
    const [first] = wire().kinds("typed_answer");
    await comesBack();
    expect(wire().kinds("typed_answer")).toEqual([first]);
  });

  test("an answer that came back as a turn is not sent again", async () => {
    const session = await typist();
    session.answer("We kept a key.");
    wire().says({
      kind: "caption",
      seq: 9,
      turn_id: "1",
      turn_seq: 1,
      speaker: "candidate",
      source: "typed",
      text: "We kept a key.",
      final: true,
      reliable: true,
    });
    await comesBack();
    expect(wire().kinds("typed_answer")).toEqual([]);
  });

  test("a sent answer leaves no draft behind", async () => {
    const session = await typist();
    session.write("We kept a key.");
    session.answer("We kept a key.");
    await pass(2000);
    expect([session.draft, wire().kinds("typed_draft")]).toEqual(["", []]);
  });
});

test("whoever only types makes no offer", async () => {
  await typist();
  expect(wire().kinds("offer")).toEqual([]);
});

test("nothing leaves the microphone before the start and in a pause", async () => {
  const track = { enabled: true };
  const session = await typist();
  vi.stubGlobal(
    "RTCPeerConnection",
    class {
      iceGatheringState = "complete";
      localDescription = { sdp: "v=0" };
      addTrack() {}
      close() {}
      setLocalDescription = async () => {};
    },
  );
  session.speakWith({ getAudioTracks: () => [track] } as unknown as MediaStream);
  expect(track.enabled).toBe(true);
  wire().says({ kind: "state", seq: 2, epoch: 1, phase: "paused" });
  expect(track.enabled).toBe(false);
  wire().says({ kind: "state", seq: 3, epoch: 1, phase: "candidate" });
  expect(track.enabled).toBe(true);
  wire().says({ kind: "state", seq: 4, epoch: 1, phase: "waiting" });
  expect(track.enabled).toBe(false);
});

describe("the start", () => {
  const start = { kind: "act", act: "start" };

  test("a start that was lost with its line is pressed again on the next one", async () => {
    const session = await typist();
    await comesBack("waiting");
    session.act("start");
    await comesBack("waiting");
    expect(wire().kinds("act")).toEqual([start]);
  });

  test("a start that was heard is not pressed again", async () => {
    const session = await typist();
    await comesBack("waiting");
    session.act("start");
    await comesBack("interviewer");
    expect(wire().kinds("act")).toEqual([]);
  });

  test("nobody starts who did not press", async () => {
    await typist();
    await comesBack("waiting");
    expect(wire().kinds("act")).toEqual([]);
  });
});
