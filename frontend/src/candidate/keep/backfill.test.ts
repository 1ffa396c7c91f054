import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Packet } from "../room/capture";
import { Backfill, type Progress, type Wanted } from "./backfill";
import type { PieceKey, Span } from "./pieces";

const OFFSET = -100_000;

/** What stands in for the browser's storage: pieces of two seconds, one after the other. */
function shelf(count: number) {
  let kept: PieceKey[] = Array.from({ length: count }, (_, n) => ({
    load: 1,
    start: 100_000 + n * 2000,
    end: 102_000 + n * 2000,
  }));
  return {
    pieces: async () => kept,
    packets: async ({ start }: PieceKey): Promise<Packet[]> => [
      { timestamp_us: start * 1000, opus: new Uint8Array([1]) },
    ],
    readings: async () => [{ load: 1, epoch: 3, since: 0, offset: OFFSET, error: 20 }],
    forget: async () => {
      kept = [];
    },
    get count() {
      return kept.length;
    },
  };
}

/** A server that lacks these stretches until they are sent. */
function server(missing: Span[], over = true) {
  const sent: number[] = [];
  let away = false;
  return {
    sent,
    lose: (is: boolean) => {
      away = is;
    },
    wanted: async (): Promise<Wanted> => {
      const left = missing.filter((span) => !sent.includes(span.start_ms));
      return { spans: left, over };
    },
    put: async (piece: Uint8Array<ArrayBuffer>) => {
      if (away) throw new TypeError("no way");
      sent.push(new DataView(piece.buffer).getUint32(0));
    },
  };
}

const span = (start_ms: number): Span => ({ start_ms, end_ms: start_ms + 2000 });

function scene(missing: Span[], { over = true, mayRun = (): boolean => true, paced = false } = {}) {
  const [kept, far, told] = [shelf(10), server(missing, over), [] as Progress[]];
  const run = new Backfill({
    kept,
    ...far,
    mayRun,
    paced,
    tell: (progress) => told.push(progress),
  });
  void run.run();
  return { kept, far, told, run };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("only what did not arrive is sent, and then the copy is deleted", async () => {
  const { kept, far, told } = scene([span(4000), span(12_000)]);
  await vi.advanceTimersByTimeAsync(6000);
  // The gateway places a sound when it comes: what was spoken just before may be missing too.
  expect(far.sent).toEqual([2000, 4000, 10_000, 12_000]);
  expect(told.at(-1)).toEqual({ at: "whole", added: 4 });
  expect(told[0]).toEqual({ at: "adding", seconds: 4 });
  expect(kept.count).toBe(0);
});

test("while the interview goes on the copy stays", async () => {
  const { kept, told, run } = scene([span(4000)], { over: false });
  await vi.advanceTimersByTimeAsync(12_000);
  expect(told.at(-1)).toEqual({ at: "looking" });
  expect(kept.count).toBe(10);
  run.stop();
});

test("while the line is weak nothing is sent", async () => {
  let good = false;
  const { far, run } = scene([span(4000)], { mayRun: () => good });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(far.sent).toEqual([]);
  good = true;
  await vi.advanceTimersByTimeAsync(6000);
  expect(far.sent).toEqual([2000, 4000]);
  run.stop();
});

test("what was lost on its way is sent again", async () => {
  const { far, told } = scene([span(4000)]);
  far.lose(true);
  await vi.advanceTimersByTimeAsync(4000);
  expect(told.at(-1)).toEqual({ at: "waiting", seconds: 2 });
  far.lose(false);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(told.at(-1)).toEqual({ at: "whole", added: 2 });
});

test("beside a call the line is left to the voice between two pieces", async () => {
  const { far, run } = scene([span(0), span(2000), span(4000)], { paced: true });
  await vi.advanceTimersByTimeAsync(600);
  expect(far.sent.length).toBe(2);
  run.stop();
});
