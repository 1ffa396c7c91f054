/** Places a stream's own count of microseconds on the clock of this device. Pure. */

/** About a second of 20 ms packets. */
const WINDOW = 50;
/** Further apart than this, the stream stood still in between (a sleeping laptop). */
const STOOD_STILL_US = 60_000;
const FOLLOWS = 0.1;

/**
 * The packet that was least late tells where the stream lies: what is late came through a busy
 * page. A slow drift is followed, a leap is taken over.
 */
export class Anchor {
  #offset: number | null = null;
  #least = Number.POSITIVE_INFINITY;
  #count = 0;

  /** The device's time of `own`; `now` is when it came. All in microseconds. */
  place(own: number, now: number): number {
    const late = now - own;
    if (this.#offset === null || late < this.#offset) this.#offset = late;
    this.#least = Math.min(this.#least, late);
    this.#count += 1;
    if (this.#count === WINDOW) this.#settle(this.#offset);
    return own + this.#offset;
  }

  #settle(offset: number): void {
    const apart = this.#least - offset;
    this.#offset = apart > STOOD_STILL_US ? this.#least : offset + apart * FOLLOWS;
    this.#least = Number.POSITIVE_INFINITY;
    this.#count = 0;
  }
}
