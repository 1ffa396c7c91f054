/** Pieces of kept sound: about two seconds of packets each. Pure. */
import { PACKET_MS, type Packet } from "../room/capture";

/** What is known of a piece without opening it; device ms. */
export type PieceKey = { load: number; start: number; end: number };
export type Piece = PieceKey & { packets: readonly Packet[] };
export type Span = { start_ms: number; end_ms: number };

const PIECE_MS = 2000;
/** Packets further apart than this, or that overlap by more, do not belong into one piece. */
const [APART_MS, OVERLAP_MS] = [30, 10];

/** Gathers packets; a piece is done when it is long enough or the sound stood still. */
export class Grouper {
  #packets: Packet[] = [];

  constructor(private readonly load: number) {}

  /** Take a packet; returns the piece that it finished, if it did. */
  add(packet: Packet): Piece | null {
    const last = this.#packets.at(-1);
    const apart = last ? ms(packet) - ms(last) - PACKET_MS : 0;
    const done = apart > APART_MS || apart < -OVERLAP_MS ? this.flush() : null;
    this.#packets.push(packet);
    if (done) return done;
    return this.#packets.length * PACKET_MS >= PIECE_MS ? this.flush() : null;
  }

  /** Return what is there as a piece, however short. */
  flush(): Piece | null {
    const packets = this.#packets;
    this.#packets = [];
    const [first, last] = [packets[0], packets.at(-1)];
    if (!first || !last) return null;
    return { load: this.load, start: ms(first), end: ms(last) + PACKET_MS, packets };
  }
}

const ms = (packet: Packet): number => packet.timestamp_us / 1000;

const HEAD = { device: 12, wire: 8 } as const;

/** Pack for this device's store: each packet as device ms (8 bytes), length (4), bytes. */
export function packed({ packets }: Piece): Uint8Array<ArrayBuffer> {
  return written(packets, HEAD.device, (view, at, packet) => view.setFloat64(at, ms(packet)));
}

export function unpacked(data: ArrayBuffer): Packet[] {
  const view = new DataView(data);
  const packets: Packet[] = [];
  for (let at = 0; at < data.byteLength; ) {
    const length = view.getUint32(at + 8);
    const opus = new Uint8Array(data, at + HEAD.device, length);
    packets.push({ timestamp_us: view.getFloat64(at) * 1000, opus });
    at += HEAD.device + length;
  }
  return packets;
}

/** As the server takes it: interview ms (4 bytes), length (4), bytes; what lies before 0 is left out. */
export function onWire(packets: readonly Packet[], offset: number): Uint8Array<ArrayBuffer> {
  const placed = (packet: Packet) => Math.round(ms(packet) + offset);
  const inside = packets.filter((packet) => placed(packet) >= 0);
  return written(inside, HEAD.wire, (view, at, packet) => view.setUint32(at, placed(packet)));
}

function written(
  packets: readonly Packet[],
  head: number,
  stamp: (view: DataView, at: number, packet: Packet) => void,
): Uint8Array<ArrayBuffer> {
  const size = packets.reduce((sum, { opus }) => sum + head + opus.length, 0);
  const data = new Uint8Array(size);
  const view = new DataView(data.buffer);
  let at = 0;
  for (const packet of packets) {
    stamp(view, at, packet);
    view.setUint32(at + head - 4, packet.opus.length);
    data.set(packet.opus, at + head);
    at += head + packet.opus.length;
  }
  return data;
}

/** Milliseconds of [start, end) that lie in what is wanted. */
export function overlap(start: number, end: number, wanted: readonly Span[]): number {
  return wanted.reduce(
    (sum, span) => sum + Math.max(0, Math.min(end, span.end_ms) - Math.max(start, span.start_ms)),
    0,
  );
}
