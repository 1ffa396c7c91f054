/** Pieces of kept sound and pictures: how they are stored, and how they are sent. Pure. */

/** What is kept of the candidate, each with its own storage. */
export type Source = "microphone" | "camera";

/** One encoded sound or picture. */
export type Kept = {
  /** When it was heard or taken: microseconds on the clock of `deviceMs`. */
  timestamp_us: number;
  data: Uint8Array;
};

/** What is known of a piece without opening it; device ms. */
export type PieceKey = { load: number; start: number; end: number };
export type Piece = PieceKey & { packets: readonly Kept[] };
export type Span = { start_ms: number; end_ms: number };

/** About so long is a piece. */
export const PIECE_MS = 2000;

/** A piece of these, the last of which lasts `last_ms`; null of none. */
export function pieceOf(load: number, packets: readonly Kept[], last_ms: number): Piece | null {
  const [first, last] = [packets[0], packets.at(-1)];
  if (!first || !last) return null;
  return { load, start: ms(first), end: ms(last) + last_ms, packets };
}

export const ms = ({ timestamp_us }: Kept): number => timestamp_us / 1000;

const HEAD = { device: 12, wire: 8 } as const;

/** Pack for this device's store: each packet as device ms (8 bytes), length (4), bytes. */
export function packed({ packets }: Piece): Uint8Array<ArrayBuffer> {
  return written(packets, HEAD.device, (view, at, packet) => view.setFloat64(at, ms(packet)));
}

export function unpacked(stored: ArrayBuffer): Kept[] {
  const view = new DataView(stored);
  const packets: Kept[] = [];
  for (let at = 0; at < stored.byteLength; ) {
    const length = view.getUint32(at + 8);
    const data = new Uint8Array(stored, at + HEAD.device, length);
    packets.push({ timestamp_us: view.getFloat64(at) * 1000, data });
    at += HEAD.device + length;
  }
  return packets;
}

/** As the server takes it: interview ms (4 bytes), length (4), bytes; what lies before 0 is left out. */
export function onWire(packets: readonly Kept[], offset: number): Uint8Array<ArrayBuffer> {
  const placed = (packet: Kept) => Math.round(ms(packet) + offset);
  const inside = packets.filter((packet) => placed(packet) >= 0);
  return written(inside, HEAD.wire, (view, at, packet) => view.setUint32(at, placed(packet)));
}

function written(
  packets: readonly Kept[],
  head: number,
  stamp: (view: DataView, at: number, packet: Kept) => void,
): Uint8Array<ArrayBuffer> {
  const size = packets.reduce((sum, { data }) => sum + head + data.length, 0);
  const all = new Uint8Array(size);
  const view = new DataView(all.buffer);
  let at = 0;
  for (const packet of packets) {
    stamp(view, at, packet);
    view.setUint32(at + head - 4, packet.data.length);
    all.set(packet.data, at + head);
    at += head + packet.data.length;
  }
  return all;
}

/** Milliseconds of [start, end) that lie in what is wanted. */
export function overlap(start: number, end: number, wanted: readonly Span[]): number {
  return wanted.reduce(
    (sum, span) => sum + Math.max(0, Math.min(end, span.end_ms) - Math.max(start, span.start_ms)),
    0,
  );
}
