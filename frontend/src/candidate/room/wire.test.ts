import { describe, expect, it, vi } from "vitest";
import type { Packet } from "./capture";
import { Wire, type WireSocket } from "./wire";

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
  const told = { opened: vi.fn(), gone: vi.fn(), play: vi.fn(), hush: vi.fn() };
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
