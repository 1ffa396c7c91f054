/** Plays Opus packets of 20 ms as they come: each where the one before ends. */

const RATE = 48_000;
/** So much sound waits at the start of an utterance, against an uneven line. */
const START_S = 0.08;
/** More than this is never waited for: the gateway sends half a second ahead at most. */
const MOST_S = 1.5;

/** True where this browser can take packets of sound. */
export const canPlay = (): boolean => "AudioDecoder" in globalThis;

export class Player {
  readonly #context = new AudioContext({ sampleRate: RATE });
  readonly #out = this.#context.createMediaStreamDestination();
  readonly #decoder: AudioDecoder;
  readonly #waiting = new Set<AudioBufferSourceNode>();
  #next = 0;
  #count = 0;

  constructor() {
    this.#decoder = new AudioDecoder({ output: (data) => this.#decoded(data), error: () => {} });
    this.#decoder.configure({ codec: "opus", sampleRate: RATE, numberOfChannels: 1 });
    addEventListener("pointerdown", this.#wake);
    addEventListener("keydown", this.#wake);
    this.#wake();
  }

  /** To be played by an audio element, so that the browser's echo cancelling knows it. */
  get stream(): MediaStream {
    return this.#out.stream;
  }

  play(opus: Uint8Array): void {
    if (this.#decoder.state !== "configured") return;
    const timestamp = this.#count * 20_000;
    this.#count += 1;
    this.#decoder.decode(new EncodedAudioChunk({ type: "key", timestamp, data: opus }));
  }

  /** Drop what was not played yet. */
  hush(): void {
    for (const node of this.#waiting) node.stop();
    this.#waiting.clear();
    this.#next = 0;
  }

  /** Leave the sound for good; closing again is harmless: a way may be left while it is switched. */
  close(): void {
    this.hush();
    removeEventListener("pointerdown", this.#wake);
    removeEventListener("keydown", this.#wake);
    if (this.#decoder.state !== "closed") this.#decoder.close();
    if (this.#context.state !== "closed") void this.#context.close();
  }

  /** A context made before the first press sleeps until the next one. */
  readonly #wake = (): void => {
    if (this.#context.state === "suspended") void this.#context.resume();
  };

  #decoded(data: AudioData): void {
    const now = this.#context.currentTime;
    if (this.#next < now) this.#next = now + START_S;
    if (this.#next - now < MOST_S && this.#context.state !== "closed") this.#queue(data);
    data.close();
  }

  #queue(data: AudioData): void {
    const buffer = this.#context.createBuffer(1, data.numberOfFrames, data.sampleRate);
    data.copyTo(buffer.getChannelData(0), { planeIndex: 0, format: "f32-planar" });
    const node = this.#context.createBufferSource();
    node.buffer = buffer;
    node.connect(this.#out);
    node.onended = () => this.#waiting.delete(node);
    node.start(this.#next);
    this.#waiting.add(node);
    this.#next += buffer.duration;
  }
}
