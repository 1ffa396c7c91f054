import { expect, test } from "vitest";
import { frameOf, MICROPHONE, packed } from "./frames";

const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");

// The same bytes stand in tests/gateway/test_wire.py.
test("a frame has the bytes that the gateway reads", () => {
  const payload = new Uint8Array([0xf8, 0xff, 0xfe]);
  const frame = { kind: MICROPHONE, sequence: 258, timestamp: 0x01020304, heard: 515, payload };
  expect(hex(packed(frame))).toBe("020102010203040203f8fffe");
  expect(frameOf(packed(frame).buffer as ArrayBuffer)).toEqual(frame);
});

test("numbers wrap around, and what is too short is no frame", () => {
  const bytes = packed({
    kind: MICROPHONE,
    sequence: 65_537,
    timestamp: 2 ** 32 + 5,
    heard: 65_536,
  });
  expect(frameOf(bytes.buffer as ArrayBuffer)).toMatchObject({
    sequence: 1,
    timestamp: 5,
    heard: 0,
  });
  expect(frameOf(new ArrayBuffer(8))).toBeNull();
});
