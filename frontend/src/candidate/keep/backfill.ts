/** Sends what never arrived: asks the server what it lacks, and hands it the kept pieces. */
import { readingFor } from "./clock";
import { onWire, overlap, type PieceKey, type Span } from "./pieces";
import type { KeptVoice } from "./store";

export type Wanted = { spans: readonly Span[]; over: boolean };

export type Progress =
  | { at: "looking" }
  | { at: "adding"; seconds: number }
  | { at: "waiting"; seconds: number }
  /** Everything this device had has arrived. */
  | { at: "whole"; added: number };

export type BackfillParts = {
  kept: Pick<KeptVoice, "pieces" | "packets" | "readings" | "forget">;
  /** What the server lacks; null: it takes nothing more for this interview. */
  wanted: () => Promise<Wanted | null>;
  put: (piece: Uint8Array<ArrayBuffer>, clock: { epoch: number; error: number }) => Promise<void>;
  /** False while the line is needed for the voice. */
  mayRun: () => boolean;
  /** The voice uses the line too: leave it most of the time. */
  paced: boolean;
  tell: (progress: Progress) => void;
};

const LOOK_MS = 5000;
const RETRY_MS = 3000;
/** Beside a call the line is ours for a quarter of the time at most. */
const PAUSE_FACTOR = 3;
const SHORTEST_PAUSE_MS = 500;
/** Less than this overlaps by the length of a packet only. */
const WORTH_MS = 10;
/** The gateway places a sound when it comes, which is so much later at most. */
const LATE_MS = 300;

type Due = { piece: PieceKey; offset: number; epoch: number; error: number; ms: number };

export class Backfill {
  #stopped = false;
  #sent = new Set<number>();
  #added = 0;
  #wake: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: BackfillParts) {}

  /** Run until all is whole or `stop`. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      const finished = await this.#round().catch(() => false);
      if (finished) return;
      await this.#rest(LOOK_MS);
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#wake?.();
  }

  /** One look at what is wanted, and everything sent that fits; true when there is no more to do. */
  async #round(): Promise<boolean> {
    if (!this.parts.mayRun()) return false;
    const wanted = await this.parts.wanted();
    if (!wanted) return this.#forget();
    const due = await this.#due(wanted.spans);
    for (const [at, each] of due.entries()) {
      if (!(await this.#send(each, secondsOf(due.slice(at))))) return false;
    }
    if (due.length) return false;
    if (!wanted.over) {
      this.parts.tell({ at: "looking" });
      return false;
    }
    return this.#forget();
  }

  async #due(wanted: readonly Span[]): Promise<Due[]> {
    const [pieces, readings] = [await this.parts.kept.pieces(), await this.parts.kept.readings()];
    return pieces.flatMap((piece) => {
      const reading = readingFor(readings, { load: piece.load, at: piece.start });
      if (!reading || this.#sent.has(piece.start)) return [];
      const { offset, epoch, error } = reading;
      const [start, end] = [piece.start + offset, piece.end + offset];
      if (overlap(start, end + LATE_MS, wanted) < WORTH_MS) return [];
      return [{ piece, offset, epoch, error, ms: overlap(start, end, wanted) }];
    });
  }

  /** Send one piece as soon as the line allows; false when stopped. */
  async #send({ piece: key, offset, epoch, error, ms }: Due, seconds: number): Promise<boolean> {
    while (!this.#stopped) {
      if (!this.parts.mayRun()) {
        this.parts.tell({ at: "waiting", seconds });
        await this.#rest(RETRY_MS);
        continue;
      }
      this.parts.tell({ at: "adding", seconds });
      const began = performance.now();
      try {
        const packets = await this.parts.kept.packets(key);
        const piece = onWire(packets, offset);
        if (piece.length > 0) await this.parts.put(piece, { epoch, error });
      } catch {
        this.parts.tell({ at: "waiting", seconds });
        await this.#rest(RETRY_MS);
        return false;
      }
      this.#sent.add(key.start);
      this.#added += ms;
      if (this.parts.paced)
        await this.#rest(Math.max(SHORTEST_PAUSE_MS, (performance.now() - began) * PAUSE_FACTOR));
      return true;
    }
    return false;
  }

  async #forget(): Promise<boolean> {
    await this.parts.kept.forget();
    this.parts.tell({ at: "whole", added: Math.round(this.#added / 1000) });
    return true;
  }

  async #rest(ms: number): Promise<void> {
    if (this.#stopped) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#timer = setTimeout(resolve, ms);
    });
  }
}

const secondsOf = (due: readonly Due[]): number =>
  Math.max(1, Math.round(due.reduce((sum, { ms }) => sum + ms, 0) / 1000));
