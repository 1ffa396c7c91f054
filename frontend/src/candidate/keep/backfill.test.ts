import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Backfill, type Progress, type Wanted } from "./backfill";
import type { Kept, PieceKey, Source, Span } from "./pieces";

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
    packets: async ({ start }: PieceKey): Promise<Kept[]> => [
      { timestamp_us: start * 1000, data: new Uint8Array([1]) },
    ],
    drop: async (gone: readonly PieceKey[]) => {
      kept = kept.filter((piece) => !gone.some(({ start }) => start === piece.start));
    },
    forget: async () => {
      kept = [];
    },
    starts: () => kept.map(({ start }) => start + OFFSET),
  };
}

type Lacks = Partial<Record<Source, Span[]>>;

/** A server that lacks these stretches until they are sent. */
function server(lacks: Lacks, over: boolean, settled: number, takes_ms: number) {
  const sent: [Source, number][] = [];
  let away = false;
  const left = (source: Source) =>
    (lacks[source] ?? []).filter(
      (span) => !sent.some(([of, start]) => of === source && start === span.start_ms),
    );
  return {
    sent,
    voice: () => sent.flatMap(([of, start]) => (of === "microphone" ? [start] : [])),
    lose: (is: boolean) => {
      away = is;
    },
    wanted: async (picture: boolean): Promise<Wanted> => ({
      spans: { microphone: left("microphone"), camera: picture ? left("camera") : [] },
      settled,
      over,
    }),
    put: async (piece: Uint8Array<ArrayBuffer>, { source }: { source: Source }) => {
      if (away) throw new TypeError("no way");
      if (takes_ms) await new Promise((resolve) => setTimeout(resolve, takes_ms));
      sent.push([source, new DataView(piece.buffer).getUint32(0)]);
    },
  };
}

const span = (start_ms: number): Span => ({ start_ms, end_ms: start_ms + 2000 });

type Scene = {
  over?: boolean;
  mayRun?: (source: Source) => boolean;
  paced?: boolean;
  pictures?: number;
  settled?: number;
  /** So long a piece is on its way. */
  takes_ms?: number;
};

function scene(lacks: Lacks, parts: Scene = {}) {
  const { over = true, mayRun = () => true, paced = false } = parts;
  const { pictures = 0, settled = 20_000, takes_ms = 0 } = parts;
  const kept = { microphone: shelf(10), camera: shelf(pictures) };
  const [far, told] = [server(lacks, over, settled, takes_ms), [] as Progress[]];
  const run = new Backfill({
    kept,
    readings: async () => [{ load: 1, epoch: 3, since: 0, offset: OFFSET, error: 20 }],
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
  const { kept, far, told } = scene({ microphone: [span(4000), span(12_000)] });
  await vi.advanceTimersByTimeAsync(6000);
  // The gateway places a sound when it comes: what was spoken just before may be missing too.
  expect(far.voice()).toEqual([2000, 4000, 10_000, 12_000]);
  expect(told.at(-1)).toEqual({ at: "whole", added: { microphone: 4, camera: 0 } });
  expect(told[0]).toEqual({ at: "adding", what: "microphone", seconds: 4 });
  expect(kept.microphone.starts()).toEqual([]);
});

test("while the interview goes on the copy stays, but for what the server has taken", async () => {
  const { kept, told, run } = scene({ microphone: [span(4000)] }, { over: false });
  await vi.advanceTimersByTimeAsync(12_000);
  expect(told.at(-1)).toEqual({ at: "looking" });
  expect(kept.microphone.starts()).toEqual([0, ...[3, 4, 5, 6, 7, 8, 9].map((n) => n * 2000)]);
  run.stop();
});

test("while the line is weak nothing is sent", async () => {
  let good = false;
  const { far, run } = scene({ microphone: [span(4000)] }, { mayRun: () => good });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(far.sent).toEqual([]);
  good = true;
  await vi.advanceTimersByTimeAsync(6000);
  expect(far.voice()).toEqual([2000, 4000]);
  run.stop();
});

test("what was lost on its way is sent again", async () => {
  const { far, told } = scene({ microphone: [span(4000)] });
  far.lose(true);
  await vi.advanceTimersByTimeAsync(4000);
  expect(told.at(-1)).toEqual({ at: "waiting", what: "microphone", seconds: 2 });
  far.lose(false);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(told.at(-1)).toEqual({ at: "whole", added: { microphone: 2, camera: 0 } });
});

test("beside a call the line is left to the voice between two pieces", async () => {
  const missing = [span(0), span(2000), span(4000)];
  const { far, run } = scene({ microphone: missing }, { paced: true });
  await vi.advanceTimersByTimeAsync(600);
  expect(far.sent.length).toBe(2);
  run.stop();
});

test("the voice goes before the picture", async () => {
  const lacks = { camera: [span(4000)], microphone: [span(8000)] };
  const { far, told } = scene(lacks, { pictures: 10 });
  await vi.advanceTimersByTimeAsync(12_000);
  expect(far.sent).toEqual([
    ["microphone", 6000],
    ["microphone", 8000],
    ["camera", 2000],
    ["camera", 4000],
  ]);
  expect(told.at(-1)).toEqual({ at: "whole", added: { microphone: 2, camera: 2 } });
});

test("what was said while pictures are sent goes before the next picture", async () => {
  const film = [0, 2000, 4000, 6000, 8000, 10_000, 12_000].map(span);
  const lacks: Lacks = { camera: film };
  const { far, run } = scene(lacks, { pictures: 7, takes_ms: 2000 });
  await vi.advanceTimersByTimeAsync(3000);
  lacks.microphone = [span(8000)];
  await vi.advanceTimersByTimeAsync(30_000);
  const order = far.sent.map(([source]) => source);
  expect(order.indexOf("microphone")).toBe(3);
  expect(order.filter((source) => source === "camera").length).toBe(7);
  run.stop();
});

test("a line without room for a picture carries the voice alone, and the picture waits", async () => {
  let room = false;
  const { far, told, run } = scene(
    { camera: [span(4000)], microphone: [span(8000)] },
    { pictures: 10, mayRun: (source) => source === "microphone" || room },
  );
  await vi.advanceTimersByTimeAsync(12_000);
  expect(far.sent.map(([source]) => source)).toEqual(["microphone", "microphone"]);
  expect(told.at(-1)).toEqual({ at: "waiting", what: "camera", seconds: 2 });
  room = true;
  await vi.advanceTimersByTimeAsync(12_000);
  expect(told.at(-1)).toEqual({ at: "whole", added: { microphone: 2, camera: 2 } });
  run.stop();
});

test("pictures that arrived by themselves are erased while the interview goes on", async () => {
  const { kept, far, run } = scene(
    { camera: [span(2000)] },
    { over: false, pictures: 10, settled: 20_000 },
  );
  await vi.advanceTimersByTimeAsync(12_000);
  expect(far.sent).toEqual([
    ["camera", 0],
    ["camera", 2000],
  ]);
  // Those of the last ten seconds before what is settled may still be asked for.
  expect(kept.camera.starts()).toEqual([8000, 10_000, 12_000, 14_000, 16_000, 18_000]);
  expect(kept.microphone.starts().length).toBe(10);
  run.stop();
});
