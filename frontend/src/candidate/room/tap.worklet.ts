/** Runs beside the sound card: hands on every 20 ms of a microphone, mono at 48 kHz. */

const FRAME = 960;

// What an audio worklet has and a page has not; no library of types describes both at once.
declare const currentFrame: number;
declare function registerProcessor(name: string, made: typeof AudioWorkletProcessor): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

class Tap extends AudioWorkletProcessor {
  #frame = new Float32Array(FRAME);
  #filled = 0;

  process([input]: Float32Array[][]): boolean {
    const heard = input?.[0];
    // Nothing is connected any more: the node may go.
    if (!heard) return this.#filled === 0;
    for (let at = 0; at < heard.length; ) {
      const part = heard.subarray(at, at + FRAME - this.#filled);
      this.#frame.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === FRAME) this.#handOn(currentFrame + at - FRAME);
    }
    return true;
  }

  #handOn(first: number): void {
    this.port.postMessage({ first, samples: this.#frame }, [this.#frame.buffer]);
    this.#frame = new Float32Array(FRAME);
    this.#filled = 0;
  }
}

registerProcessor("interloop-tap", Tap);
