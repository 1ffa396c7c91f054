import { expect, test } from "vitest";
import { Flow } from "./flow";

const audio = (packetsReceived: number) => [
  { type: "transport" },
  { type: "inbound-rtp", kind: "audio", packetsReceived },
];

test("a connection over which nothing comes for a moment is stalled, until something comes", () => {
  const flow = new Flow();
  expect(flow.look(audio(10), 0)).toBe(true);
  expect(flow.look(audio(10), 1400)).toBe(true);
  expect(flow.look(audio(10), 1500)).toBe(false);
  expect(flow.look(audio(11), 2500)).toBe(true);
});

test("a connection that never brought a packet is stalled too", () => {
  const flow = new Flow();
  expect(flow.look([], 5000)).toBe(true);
  expect(flow.look([], 7000)).toBe(false);
});
