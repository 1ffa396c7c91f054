/** The camera as single pictures, small and few: for the wire, and for what this device keeps. */
import { deviceMs } from "./device-clock";
import { Keys } from "./keys";
import type { SenderLimits } from "./messages";

export type Picture = {
  /** When it was taken: microseconds on the clock of `deviceMs`. */
  timestamp_us: number;
  vp8: Uint8Array;
};

export type FilmParts = {
  /** The line would take a picture now. */
  hasRoom: () => boolean;
  /** Send it; false when it did not go. */
  send: (picture: Picture) => boolean;
  /** This browser cannot make such pictures. */
  unable: () => void;
};

/** What the wire carries at most, whatever limits an earlier way had. */
export const MOST = { height: 360, max_kbit: 150, max_framerate: 10 } as const;
/** So many may wait for a busy encoder before pictures are left out. */
const MOST_WAITING = 2;

const canFilm = (): boolean =>
  "VideoEncoder" in globalThis && "VideoFrame" in globalThis && "OffscreenCanvas" in globalThis;

/** What the gateway, or whoever else the pictures are for, asks of them. */
export type FilmLimits = Pick<SenderLimits, "active" | "height" | "max_kbit" | "max_framerate">;

type Size = { width: number; height: number };

/** The size of a picture with so many lines at most: never larger than it is, sides even. */
export function sizeFor(width: number, height: number, lines: number): Size {
  const scale = Math.min(1, lines / height);
  const even = (side: number) => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(width), height: even(height) };
}

export class Film {
  #track: MediaStreamTrack | null = null;
  #limits: FilmLimits | null = null;
  #video: HTMLVideoElement | null = null;
  #canvas: OffscreenCanvas | null = null;
  #encoder: VideoEncoder | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #configured = "";
  #failed = false;
  readonly #keys = new Keys();

  constructor(private readonly parts: FilmParts) {}

  /** Show this track from now on; null: none. */
  show(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    this.#track = track;
    this.#apply();
  }

  /** Keep within these limits. */
  obey(limits: FilmLimits): void {
    this.#limits = limits;
    this.#apply();
  }

  /** Let the next picture stand alone, unless one did a moment ago. */
  key(): void {
    this.#keys.want();
  }

  close(): void {
    this.#track = null;
    this.#apply();
  }

  /** Film, film otherwise, or rest. */
  #apply(): void {
    clearInterval(this.#timer);
    const limits = this.#limits;
    // Nothing is sent before the gateway said that it may be.
    if (!this.#track || !limits?.active || this.#failed) this.#rest();
    else if (canFilm()) this.#begin(this.#track, limits);
    else this.#fail();
  }

  #begin(track: MediaStreamTrack, limits: FilmLimits): void {
    const height = Math.min(limits.height, MOST.height);
    const kbit = Math.min(limits.max_kbit, MOST.max_kbit);
    const rate = Math.min(limits.max_framerate, MOST.max_framerate);
    this.#watch(track);
    this.#timer = setInterval(() => this.#take(height, kbit, rate), 1000 / rate);
  }

  #watch(track: MediaStreamTrack): void {
    const stream = this.#video?.srcObject;
    if (stream instanceof MediaStream && stream.getVideoTracks()[0] === track) return;
    const video = document.createElement("video");
    video.muted = video.playsInline = true;
    video.srcObject = new MediaStream([track]);
    void video.play().catch(() => {});
    this.#video = video;
    this.#keys.want();
  }

  /** Take one picture; what finds no room is never made, so that none after it lacks it. */
  #take(lines: number, kbit: number, rate: number): void {
    const video = this.#video;
    if (!video || video.readyState < video.HAVE_CURRENT_DATA || !this.parts.hasRoom()) return;
    const size = sizeFor(video.videoWidth, video.videoHeight, lines);
    try {
      const encoder = this.#ready(size, kbit, rate);
      if (encoder.encodeQueueSize > MOST_WAITING) return;
      const timestamp = Math.round(deviceMs() * 1000);
      const frame = new VideoFrame(this.#drawn(video, size), { timestamp, alpha: "discard" });
      encoder.encode(frame, { keyFrame: this.#keys.due(deviceMs()) });
      frame.close();
    } catch {
      this.#fail();
    }
  }

  #drawn(video: HTMLVideoElement, { width, height }: Size): OffscreenCanvas {
    if (this.#canvas?.width !== width || this.#canvas.height !== height)
      this.#canvas = new OffscreenCanvas(width, height);
    this.#canvas.getContext("2d")?.drawImage(video, 0, 0, width, height);
    return this.#canvas;
  }

  #ready(size: Size, kbit: number, rate: number): VideoEncoder {
    this.#encoder ??= new VideoEncoder({
      output: (chunk) => this.#made(chunk),
      error: () => this.#fail(),
    });
    const wanted = `${size.width} ${size.height} ${kbit} ${rate}`;
    if (wanted !== this.#configured) {
      this.#configured = wanted;
      const bitrate = kbit * 1000;
      this.#encoder.configure({
        codec: "vp8",
        ...size,
        bitrate,
        framerate: rate,
        latencyMode: "realtime",
      });
      this.#keys.renew();
    }
    return this.#encoder;
  }

  #made(chunk: EncodedVideoChunk): void {
    if (!this.#keys.fits(chunk.type === "key")) return;
    const vp8 = new Uint8Array(chunk.byteLength);
    chunk.copyTo(vp8);
    if (!this.parts.send({ timestamp_us: chunk.timestamp, vp8 })) this.#keys.lost();
  }

  #rest(): void {
    if (this.#encoder && this.#encoder.state !== "closed") this.#encoder.close();
    if (this.#video) this.#video.srcObject = null;
    this.#encoder = this.#video = this.#canvas = null;
    this.#configured = "";
  }

  #fail(): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#apply();
    this.parts.unable();
  }
}
