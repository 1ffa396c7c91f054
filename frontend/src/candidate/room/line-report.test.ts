import { expect, test } from "vitest";
import { scaleFor } from "./camera-sender";
import { LineWatch } from "./line-report";

const stats = (packets: number, delay: number, rtt?: number) => [
  { type: "outbound-rtp", kind: "audio", packetsSent: packets, totalPacketSendDelay: delay },
  { type: "remote-inbound-rtp", kind: "audio", roundTripTime: rtt },
  { type: "remote-inbound-rtp", kind: "video", roundTripTime: 9 },
  {
    type: "outbound-rtp",
    kind: "video",
    packetsSent: 7 * packets,
    totalPacketSendDelay: 9 * delay,
  },
];

test("a report tells of the time since the last one", () => {
  const watch = new LineWatch();
  watch.report(stats(100, 1));
  expect(watch.report(stats(150, 6, 0.08))).toEqual({
    kind: "line_report",
    rtt_ms: 80,
    queue_ms: 100,
  });
});

test("nothing known is nothing told", () => {
  const watch = new LineWatch();
  expect(watch.report([])).toBeNull();
  watch.report(stats(100, 1));
  expect(watch.report(stats(100, 1))).toBeNull();
});

test("a picture is made smaller, never larger", () => {
  expect(scaleFor(720, 360)).toBe(2);
  expect(scaleFor(400, 720)).toBe(1);
  expect(scaleFor(undefined, 360)).toBe(1);
});
