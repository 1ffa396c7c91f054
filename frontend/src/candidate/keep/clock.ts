/** Where this device's clock lies on the interview's; learnt from pings. Pure. */

/** One mapping: interview ms = device ms + `offset`, wrong by at most `error`. */
export type Reading = {
  /** Which load of the page: its clock began anew there. */
  load: number;
  epoch: number;
  /** Device ms from which on it is used. */
  since: number;
  offset: number;
  error: number;
};

export type Pong = { at: number; now: number; clock: number; epoch: number };

const WINDOW = 15;
const RENEW_MS = 60_000;
/** Two quartzes part by less than this. */
const DRIFT = 1e-4;

/** Keeps the ping with the shortest way of the last few; a quick one is trusted for longer. */
export class ClockWatch {
  #recent: Reading[] = [];
  #told: Reading | null = null;

  constructor(private readonly load: number) {}

  /** Take a pong in; returns a reading when there is a new one to go by. */
  heard({ at, now, clock, epoch }: Pong): Reading | null {
    const error = (now - at) / 2;
    const offset = clock - (at + error);
    if (this.#recent.at(-1)?.epoch !== epoch) this.#recent = [];
    this.#recent = [...this.#recent, { load: this.load, epoch, since: now, offset, error }].slice(
      -WINDOW,
    );
    const best = this.#recent.reduce((a, b) => (b.error < a.error ? b : a));
    if (!this.#isNews(best, now)) return null;
    this.#told = { ...best, since: now };
    return this.#told;
  }

  #isNews(best: Reading, now: number): boolean {
    const told = this.#told;
    if (!told || told.epoch !== best.epoch) return true;
    const grown = told.error + (now - told.since) * DRIFT;
    if (best.error < told.error / 2) return true;
    return now - told.since > RENEW_MS && best.error <= grown;
  }
}

/** The reading to place a sound of this load by; one of another load rather than none. */
export function readingFor(
  readings: readonly Reading[],
  { load, at }: { load: number; at: number },
): Reading | null {
  const own = readings.filter((reading) => reading.load === load);
  const usable = own.length ? own : readings;
  const before = usable.filter((reading) => reading.since <= at);
  const latest = before.reduce<Reading | null>((a, b) => (a && a.since >= b.since ? a : b), null);
  const first = usable.reduce<Reading | null>((a, b) => (a && a.since <= b.since ? a : b), null);
  return latest ?? first;
}
