/** Which pictures of a film stand alone, and which must not go because one before them did not. */

/** A key picture costs as much as many others: not more often, however often it is asked for. */
export const KEY_MS = 1500;

export class Keys {
  #wanted = true;
  #last = Number.NEGATIVE_INFINITY;
  #broken = true;

  /** Somebody needs a picture that stands alone. */
  want(): void {
    this.#wanted = true;
  }

  /** The film begins anew: with such a picture, however near the last one. */
  renew(): void {
    this.#wanted = true;
    this.#last = Number.NEGATIVE_INFINITY;
  }

  /** True when the picture of this moment is to stand alone. */
  due(now_ms: number): boolean {
    if (!this.#wanted || now_ms - this.#last < KEY_MS) return false;
    this.#wanted = false;
    this.#last = now_ms;
    return true;
  }

  /** True when this picture has all it leans on at the other side. */
  fits(key: boolean): boolean {
    if (key) this.#broken = false;
    return !this.#broken;
  }

  /** A picture did not go: those that follow lean on it. */
  lost(): void {
    this.#broken = this.#wanted = true;
  }
}
