import { expect, test } from "vitest";
import type { Packet } from "../room/capture";
import { Grouper, onWire, overlap, packed, unpacked } from "./pieces";

const packet = (ms: number, ...bytes: number[]): Packet => ({
  timestamp_us: ms * 1000,
  opus: new Uint8Array(bytes.length ? bytes : [1, 2, 3]),
});

function grouped(times: number[]) {
  const grouper = new Grouper(5);
  const found = times.map((ms) => grouper.add(packet(ms)));
  return [...found, grouper.flush()].filter((piece) => piece !== null);
}

const every20 = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => from + n * 20);

test("two seconds are a piece", () => {
  const pieces = grouped(every20(1000, 150));
  expect(pieces.map(({ start, end }) => [start, end])).toEqual([
    [1000, 3000],
    [3000, 4000],
  ]);
});

test("where the sound stood still a piece ends", () => {
  const pieces = grouped([...every20(0, 10), ...every20(5000, 10)]);
  expect(pieces.map(({ start, end }) => [start, end])).toEqual([
    [0, 200],
    [5000, 5200],
  ]);
});

test("where the clock was found to be early a piece ends, for its packets must go forward", () => {
  const pieces = grouped([...every20(0, 10), ...every20(175, 10)]);
  expect(pieces.map(({ start, end }) => [start, end])).toEqual([
    [0, 200],
    [175, 375],
  ]);
});

test("a stored piece is read as it was", () => {
  const packets = [packet(1.25, 9), packet(21.25, 8, 7)];
  const data = packed({ load: 0, start: 1.25, end: 41.25, packets });
  expect(unpacked(data.buffer)).toEqual(packets);
});

test("on its way a packet has its place on the interview's clock", () => {
  const data = onWire([packet(990, 1), packet(1010.4, 2, 3)], -1000);
  expect([...data]).toEqual([0, 0, 0, 10, 0, 0, 0, 2, 2, 3]);
});

test("what is wanted of a piece is counted in ms", () => {
  const wanted = [
    { start_ms: 0, end_ms: 100 },
    { start_ms: 150, end_ms: 1000 },
  ];
  expect(overlap(90, 200, wanted)).toBe(60);
  expect(overlap(100, 150, wanted)).toBe(0);
});
