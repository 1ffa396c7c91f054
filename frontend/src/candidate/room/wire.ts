/** Voice and picture over a WebSocket, where the network lets nothing else through. */

import type { Packet } from "./capture";
import { deviceMs } from "./device-clock";
import type { Picture } from "./film";
import {
  CLOCK,
  frameOf,
  HUSH,
  INTERVIEWER,
  KEY_WANTED,
  MICROPHONE,
  PICTURE,
  packed,
  SEEN,
} from "./frames";

export type WireSocket = Pick<WebSocket, "send" | "close" | "bufferedAmount" | "readyState"> & {
  binaryType: BinaryType;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
};

export type WireParts = {
  socket: WireSocket;
  token: string;
  /** What was said a moment ago: sent first, the gateway drops what it has. */
  recent: readonly Packet[];
  opened: () => void;
  gone: () => void;
  play: (opus: Uint8Array) => void;
  hush: () => void;
  /** The gateway wants a picture that stands alone. */
  keyWanted: () => void;
};

/** About ten seconds of sound may wait in the browser's own queue, and as much again in ours. */
const MOST_BUFFERED = 32 * 1024;
const MOST_WAITING = 500;
/** With more than this on its way a picture would keep the voice waiting. */
const MOST_BESIDE_PICTURE = 2 * 1024;
/** Pictures that the gateway did not see yet: what waits below this page shows only so. */
const MOST_UNSEEN = 2;
/** The gateway takes no larger one. */
export const MOST_PICTURE = 64 * 1024;
const OPEN_MS = 4000;
/** `WebSocket.OPEN`, where no browser is about. */
const OPEN = 1;
/** The microphone's clock on the wire begins a minute before this page did. */
const ZERO_US = (deviceMs() - 60_000) * 1000;

export class Wire {
  #open = false;
  #sequence = 0;
  #heard = 0;
  #shown = 0;
  #seen = 0;
  #waiting: Packet[] = [];
  readonly #deadline: ReturnType<typeof setTimeout>;

  constructor(private readonly parts: WireParts) {
    const { socket, token } = parts;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(token);
    socket.onmessage = ({ data }) => this.#got(data);
    socket.onclose = () => this.#gone();
    this.#deadline = setTimeout(() => this.#gone(), OPEN_MS);
  }

  /** Send what the microphone just made; on a stalled line the oldest gives way. */
  send(packet: Packet): void {
    if (!this.#open) return;
    this.#waiting.push(packet);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    while (this.#waiting.length > 0 && this.#takes()) this.#put(this.#waiting.shift() as Packet);
  }

  /** True while nothing waits: the voice has the line first, a picture has what is left. */
  get hasRoom(): boolean {
    if (!this.#open || this.#waiting.length > 0) return false;
    if (((this.#shown - this.#seen) & 0xffff) >= MOST_UNSEEN) return false;
    const { readyState, bufferedAmount } = this.parts.socket;
    return readyState === OPEN && bufferedAmount <= MOST_BESIDE_PICTURE;
  }

  /** Send this picture now or never; tells whether it went. */
  show({ timestamp_us, vp8 }: Picture): boolean {
    if (!this.hasRoom || vp8.length > MOST_PICTURE) return false;
    this.#shown = (this.#shown + 1) & 0xffff;
    const frame = {
      kind: PICTURE,
      sequence: this.#shown,
      timestamp: stamp(timestamp_us),
      heard: this.#heard,
      payload: vp8,
    };
    this.parts.socket.send(packed(frame) as Bytes);
    return true;
  }

  close(): void {
    clearTimeout(this.#deadline);
    this.#open = false;
    const { socket } = this.parts;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #got(data: unknown): void {
    if (data === "open") this.#opened();
    const frame = data instanceof ArrayBuffer ? frameOf(data) : null;
    if (frame?.kind === HUSH) this.parts.hush();
    if (frame?.kind === SEEN) this.#seen = frame.sequence;
    if (frame?.kind === KEY_WANTED) this.parts.keyWanted();
    if (frame?.kind !== INTERVIEWER) return;
    this.#heard = frame.sequence;
    this.parts.play(frame.payload);
  }

  #opened(): void {
    clearTimeout(this.#deadline);
    this.#open = true;
    const timestamp = stamp(deviceMs() * 1000);
    this.parts.socket.send(packed({ kind: CLOCK, sequence: 0, timestamp, heard: 0 }) as Bytes);
    for (const packet of this.parts.recent) this.send(packet);
    this.parts.opened();
  }

  /** A socket that the other side is closing takes nothing, and says so only a moment later. */
  #takes(): boolean {
    const { readyState, bufferedAmount } = this.parts.socket;
    return readyState === OPEN && bufferedAmount < MOST_BUFFERED;
  }

  #put(packet: Packet): void {
    const frame = {
      kind: MICROPHONE,
      sequence: this.#sequence,
      timestamp: stamp(packet.timestamp_us),
      heard: this.#heard,
      payload: packet.opus,
    };
    this.#sequence += 1;
    this.parts.socket.send(packed(frame) as Bytes);
  }

  #gone(): void {
    this.close();
    this.parts.gone();
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

const stamp = (us: number): number => Math.round(((us - ZERO_US) * 48) / 1000);
