import { expect, test } from "vitest";
import { type Kept, onWire, overlap, packed, unpacked } from "./pieces";

const packet = (ms: number, ...bytes: number[]): Kept => ({
  timestamp_us: ms * 1000,
  data: new Uint8Array(bytes),
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
