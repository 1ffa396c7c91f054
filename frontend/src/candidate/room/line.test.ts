import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { backoff } from "./backoff";
import { type JoinReply, RoomLine, type Socket } from "./line";
import type { ClientMessage, ServerMessage } from "./messages";
import { reduce, START, type View } from "./state";

class Wire implements Socket {
  readyState = 0;
  sent: ClientMessage[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: string) {}

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.readyState = 3;
  }

  opens(seq = 1): void {
    this.readyState = 1;
    this.onopen?.();
    this.says({ kind: "state", seq, epoch: 1, phase: "candidate" } as ServerMessage);
  }

  says(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  breaks(): void {
    this.readyState = 3;
    this.onclose?.();
  }
}

/** A line to a gateway that is played by hand; `asked` holds what each join told. */
function scene(answers: (JoinReply | Error)[] = []) {
  const asked: (number | null)[] = [];
  const wires: Wire[] = [];
  let view: View = START;
  const line = new RoomLine({
    join: async (failedEpoch) => {
      asked.push(failedEpoch);
      const next = answers.shift() ?? {
        at: "gateway",
        address: "http://127.0.0.1:9",
        ticket: "t",
        epoch: 1,
      };
      if (next instanceof Error) throw next;
      return next;
    },
    open: (url) => {
      const wire = new Wire(url);
      wires.push(wire);
      return wire;
    },
    view: () => view,
    tell: (action) => {
      view = reduce(view, action);
    },
  });
  const wire = () => wires[wires.length - 1] as Wire;
  return { line, asked, wires, wire, view: () => view };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("joining", () => {
  test("the ticket is the first word, then how far the page has heard", async () => {
    const { line, wire } = scene();
    line.start();
    await pass(0);
    wire().opens();
    expect(wire().url).toBe("ws://127.0.0.1:9/room");
    expect(wire().sent.slice(0, 2)).toEqual([
      { kind: "join", ticket: "t" },
      { kind: "hello", version: 1, last_seq: 0 },
    ]);
  });

  test("a full house is asked again, without a failure", async () => {
    const { line, asked, view } = scene([{ at: "queue", place: 2 }]);
    line.start();
    await pass(0);
    expect([view().line, view().place]).toEqual(["queued", 2]);
    await pass(2000);
    expect(asked).toEqual([null, null]);
  });

  test("an interview that is over is not joined", async () => {
    const { line, wires, view } = scene([{ at: "over" }]);
    line.start();
    await pass(10_000);
    expect([view().line, wires.length]).toEqual(["over", 0]);
  });
});

describe("a lost line", () => {
  async function opened(answers: (JoinReply | Error)[] = []) {
    const all = scene(answers);
    all.line.start();
    await pass(0);
    all.wire().opens(5);
    return all;
  }

  test("is told at once and joined again after half a second, from the last heard message", async () => {
    const { wire, view, asked } = await opened();
    wire().breaks();
    expect(view().line).toBe("lost");
    await pass(499);
    expect(asked).toHaveLength(1);
    await pass(1);
    wire().opens(6);
    expect(view().line).toBe("open");
    expect(wire().sent[1]).toMatchObject({ kind: "hello", last_seq: 5 });
  });

  test("blames no gateway while the API cannot be reached either", async () => {
    const away = new Error("offline");
    const there: JoinReply = {
      at: "gateway",
      address: "http://127.0.0.1:9",
      ticket: "t",
      epoch: 1,
    };
    const { wire, asked } = await opened([there, away, away]);
    wire().breaks();
    await pass(10_000);
    expect(asked.slice(0, 4)).toEqual([null, null, null, null]);
  });

  test("names the failed epoch only after the first try failed too", async () => {
    const { wire, asked } = await opened();
    wire().breaks();
    await pass(500);
    wire().breaks();
    await pass(1000);
    wire().breaks();
    await pass(2000);
    expect(asked).toEqual([null, null, 1, 1]);
  });

  test("is noticed when three pongs are missing", async () => {
    const { view } = await opened();
    await pass(3999);
    expect(view().line).toBe("open");
    await pass(1);
    expect(view().line).toBe("lost");
  });

  test("stays open while pongs come", async () => {
    const { wire, view } = await opened();
    for (let second = 0; second < 10; second += 1) {
      await pass(1000);
      wire().says({ kind: "pong", seq: 0, at: 0, clock_ms: 0 });
    }
    expect(view().line).toBe("open");
  });

  test("a gateway that opens and says nothing counts as a failed try", async () => {
    const { wire, wires, view } = await opened();
    wire().breaks();
    await pass(500);
    wire().readyState = 1;
    wire().onopen?.();
    await pass(4000);
    expect([view().line, wires.length]).toEqual(["lost", 2]);
    await pass(1000);
    expect(wires).toHaveLength(3);
  });

  test("a failing API is asked on with growing pauses", async () => {
    const { wire, asked } = await opened([
      { at: "gateway", address: "http://127.0.0.1:9", ticket: "t", epoch: 1 },
      new Error("away"),
      new Error("away"),
    ]);
    wire().breaks();
    await pass(500 + 1000 + 1999);
    expect(asked).toHaveLength(3);
    await pass(1);
    expect(asked).toHaveLength(4);
  });

  test("connecting again by hand leaves one line, not two", async () => {
    const { line, wires, wire } = await opened();
    line.again();
    line.again();
    await pass(0);
    wire().opens(6);
    expect(wires.filter((one) => one.readyState < 2)).toHaveLength(1);
  });
});

test("after a newer tab nothing is tried", async () => {
  const { line, wire, wires, view } = scene();
  line.start();
  await pass(0);
  wire().opens();
  wire().says({ kind: "notice", seq: 2, code: "replaced_by_newer_tab" });
  await pass(60_000);
  expect([view().line, wires.length]).toEqual(["replaced", 1]);
});

test("the pauses are 0.5, 1, 2 and then 3 seconds", () => {
  expect([0, 1, 2, 3, 4, 40].map(backoff)).toEqual([500, 1000, 2000, 3000, 3000, 3000]);
});
