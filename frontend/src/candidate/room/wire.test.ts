import { describe, expect, it, vi } from "vitest";
import type { Packet } from "./capture";
import { frameOf, KEY_WANTED, PICTURE, packed, SEEN } from "./frames";
import { MOST_PICTURE, Wire, type WireSocket } from "./wire";

class Socket implements WireSocket {
  binaryType: BinaryType = "blob";
  readyState = 1;
  bufferedAmount = 0;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  send(data: unknown): void {
    this.sent.push(data);
  }

  close(): void {
    this.readyState = 3;
  }
}

const packet = (n: number): Packet => ({ timestamp_us: n * 20_000, opus: new Uint8Array([n]) });

function opened() {
  const socket = new Socket();
  const told = { opened: vi.fn(), gone: vi.fn(), play: vi.fn(), hush: vi.fn(), keyWanted: vi.fn() };
  const wire = new Wire({ socket, token: "t", recent: [], ...told });
  socket.onmessage?.({ data: "open" });
  socket.sent = [];
  return { socket, wire, told };
}

describe("the voice over a socket", () => {
  it("hands nothing to a socket that the other side is closing", () => {
    const { socket, wire } = opened();
    wire.send(packet(1));
    socket.readyState = 2;
    wire.send(packet(2));
    expect(socket.sent).toHaveLength(1);
    wire.close();
  });

  it("keeps what a stalled line does not take, and sends it in order", () => {
    const { socket, wire } = opened();
    socket.bufferedAmount = 1 << 20;
    wire.send(packet(1));
    wire.send(packet(2));
    expect(socket.sent).toHaveLength(0);
    socket.bufferedAmount = 0;
    wire.send(packet(3));
    expect(socket.sent).toHaveLength(3);
    wire.close();
  });
});

describe("the picture beside the voice", () => {
  const picture = (bytes = 5) => ({ timestamp_us: 40_000, vp8: new Uint8Array(bytes) });
  const kindOf = (sent: unknown) => frameOf((sent as Uint8Array).buffer as ArrayBuffer)?.kind;

  it("goes when nothing waits, and the voice goes on", () => {
    const { socket, wire } = opened();
    expect(wire.show(picture())).toBe(true);
    wire.send(packet(1));
    expect(socket.sent).toHaveLength(2);
    expect(kindOf(socket.sent[0])).toBe(PICTURE);
    wire.close();
  });

  it("is dropped as soon as a little waits, while the voice still goes", () => {
    const { socket, wire } = opened();
    socket.bufferedAmount = 3000;
    expect(wire.hasRoom).toBe(false);
    expect(wire.show(picture())).toBe(false);
    wire.send(packet(1));
    expect(socket.sent).toHaveLength(1);
    socket.bufferedAmount = 1 << 20;
    wire.send(packet(2));
    socket.bufferedAmount = 0;
    expect(wire.show(picture())).toBe(false);
    wire.send(packet(3));
    expect(wire.show(picture())).toBe(true);
    wire.close();
  });

  it("waits while two are on their way, wherever the line keeps them", () => {
    const { socket, wire } = opened();
    const seen = (sequence: number) =>
      socket.onmessage?.({
        data: packed({ kind: SEEN, sequence, timestamp: 0, heard: 0 }).buffer,
      });
    expect([wire.show(picture()), wire.show(picture()), wire.show(picture())]).toEqual([
      true,
      true,
      false,
    ]);
    seen(1);
    expect([wire.show(picture()), wire.show(picture())]).toEqual([true, false]);
    seen(3);
    for (let sent = 4; sent < 70_000; sent += 1) {
      expect(wire.show(picture())).toBe(true);
      seen(sent & 0xffff);
    }
    wire.close();
  });

  it("is dropped when the gateway would not take it", () => {
    const { socket, wire } = opened();
    expect(wire.show(picture(MOST_PICTURE + 1))).toBe(false);
    expect(socket.sent).toHaveLength(0);
    wire.close();
    expect(wire.show(picture())).toBe(false);
  });

  it("stands alone when the gateway asks for that", () => {
    const { socket, wire, told } = opened();
    const asked = packed({ kind: KEY_WANTED, sequence: 0, timestamp: 0, heard: 0 });
    socket.onmessage?.({ data: asked.buffer });
    expect(told.keyWanted).toHaveBeenCalledOnce();
    wire.close();
  });
});
