/** Binary frames of the wire, as `interloop/domain/wire.py` describes them. Pure. */

export const CLOCK = 1;
export const MICROPHONE = 2;
export const INTERVIEWER = 3;
export const HUSH = 4;
export const PICTURE = 5;
export const KEY_WANTED = 6;
export const SEEN = 7;

const HEADER = 9;

export type Frame = {
  kind: number;
  sequence: number;
  /** 48 kHz. */
  timestamp: number;
  /** Interviewer's packets that have arrived. */
  heard: number;
  payload: Uint8Array;
};

const NOTHING = new Uint8Array();

export function packed(frame: Omit<Frame, "payload"> & { payload?: Uint8Array }): Uint8Array {
  const { payload = NOTHING } = frame;
  const message = new Uint8Array(HEADER + payload.length);
  const head = new DataView(message.buffer);
  head.setUint8(0, frame.kind);
  head.setUint16(1, frame.sequence & 0xffff);
  head.setUint32(3, frame.timestamp >>> 0);
  head.setUint16(7, frame.heard & 0xffff);
  message.set(payload, HEADER);
  return message;
}

/** A message's frame; null for what is none. */
export function frameOf(message: ArrayBuffer): Frame | null {
  if (message.byteLength < HEADER) return null;
  const head = new DataView(message);
  return {
    kind: head.getUint8(0),
    sequence: head.getUint16(1),
    timestamp: head.getUint32(3),
    heard: head.getUint16(7),
    payload: new Uint8Array(message, HEADER),
  };
}
