/** Sends what never arrived: asks the server what it lacks, and hands it the kept pieces. */
import { type Reading, readingFor } from "./clock";
import { onWire, overlap, type PieceKey, type Source, type Span } from "./pieces";
import type { Shelf } from "./store";

export type Wanted = {
  spans: Record<Source, readonly Span[]>;
  /** Interview ms up to which the server knows what it lacks. */
  settled: number;
  over: boolean;
};

export type Progress =
  | { at: "looking" }
  | { at: "adding" | "waiting"; what: Source; seconds: number }
  /** Everything this device had has arrived: so many seconds of each were missing. */
  | { at: "whole"; added: Record<Source, number> };

type Kept = Pick<Shelf, "pieces" | "packets" | "drop" | "forget">;

export type BackfillParts = {
  kept: Record<Source, Kept>;
  readings: () => Promise<Reading[]>;
  /** What the server lacks, of the picture if asked; null: it takes nothing more. */
  wanted: (picture: boolean) => Promise<Wanted | null>;
  put: (
    piece: Uint8Array<ArrayBuffer>,
    about: { source: Source; epoch: number; error: number },
  ) => Promise<void>;
  /** False while the line is needed for the call. */
  mayRun: (source: Source) => boolean;
  /** The voice uses the line too: leave it most of the time. */
  paced: boolean;
  tell: (progress: Progress) => void;
};

const LOOK_MS = 5000;
/** Beside a call the line is ours for a quarter of the time at most. */
const PAUSE_FACTOR = 3;
const SHORTEST_PAUSE_MS = 500;
/** Less than this overlaps by the length of a packet only. */
const WORTH_MS = 10;
/** The gateway places a sound when it comes, which is so much later at most. */
const LATE_MS = 300;
/** Longer ago than this before what is settled, what the server has it keeps. */
const SURE_MS = 10_000;

type Placed = { piece: PieceKey; offset: number; epoch: number; error: number };
type Due = Placed & { ms: number };

export class Backfill {
  #stopped = false;
  #added: Record<Source, number> = { microphone: 0, camera: 0 };
  #wake: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: BackfillParts) {}

  /** Run until all is whole or `stop`. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      const next = await this.#round().catch(() => "rest" as const);
      if (next === "finished") return;
      if (next === "rest") await this.#rest(LOOK_MS);
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#wake?.();
  }

  /** One look at what is wanted, and what fits is sent: the voice first, then the picture. */
  async #round(): Promise<"finished" | "rest" | "again"> {
    const { kept, mayRun, wanted, tell } = this.parts;
    if (!mayRun("microphone")) return "rest";
    const pictured = (await kept.camera.pieces()).length > 0;
    const lacks = await wanted(pictured);
    if (!lacks) return this.#forget();
    const voice = await this.#due("microphone", lacks);
    if (!(await this.#hand("microphone", voice, Number.POSITIVE_INFINITY))) return "rest";
    const film = await this.#due("camera", lacks);
    await this.#dropArchived(lacks);
    // What was said meanwhile goes before the next picture.
    const until = performance.now() + LOOK_MS;
    if (!(await this.#hand("camera", film, until))) return "rest";
    if (film.length) return "again";
    if (voice.length) return "rest";
    if (lacks.over) return this.#forget();
    tell({ at: "looking" });
    return "rest";
  }

  async #placed(source: Source): Promise<Placed[]> {
    const [pieces, readings] = [
      await this.parts.kept[source].pieces(),
      await this.parts.readings(),
    ];
    return pieces.flatMap((piece) => {
      const reading = readingFor(readings, { load: piece.load, at: piece.start });
      return reading ? [{ piece, ...reading }] : [];
    });
  }

  async #due(source: Source, { spans }: Wanted): Promise<Due[]> {
    return (await this.#placed(source)).flatMap((each) => {
      const [start, end] = [each.piece.start + each.offset, each.piece.end + each.offset];
      if (overlap(start, end + LATE_MS, spans[source]) < WORTH_MS) return [];
      return [{ ...each, ms: overlap(start, end, spans[source]) }];
    });
  }

  /** Erase pictures that arrived by themselves: they need the most room. */
  async #dropArchived({ spans, settled }: Wanted): Promise<void> {
    const arrived = (await this.#placed("camera")).filter(({ piece, offset }) => {
      const [start, end] = [piece.start + offset, piece.end + offset + LATE_MS];
      return end < settled - SURE_MS && overlap(start, end, spans.camera) === 0;
    });
    await this.parts.kept.camera.drop(arrived.map(({ piece }) => piece));
  }

  /** Send these one after the other; false when it does not go on now. */
  async #hand(source: Source, due: readonly Due[], until: number): Promise<boolean> {
    for (const [at, each] of due.entries()) {
      if (performance.now() >= until) return true;
      if (!(await this.#send(source, each, secondsOf(due.slice(at))))) return false;
    }
    return true;
  }

  /** Send one piece if the line allows, and erase it when the server has it. */
  async #send(source: Source, due: Due, seconds: number): Promise<boolean> {
    const { kept, put, mayRun, paced, tell } = this.parts;
    if (this.#stopped) return false;
    if (!mayRun(source)) return this.#wait(source, seconds);
    tell({ at: "adding", what: source, seconds });
    const began = performance.now();
    try {
      const piece = onWire(await kept[source].packets(due.piece), due.offset);
      if (piece.length > 0) await put(piece, { source, epoch: due.epoch, error: due.error });
      await kept[source].drop([due.piece]);
    } catch {
      return this.#wait(source, seconds);
    }
    this.#added[source] += due.ms;
    if (paced)
      await this.#rest(Math.max(SHORTEST_PAUSE_MS, (performance.now() - began) * PAUSE_FACTOR));
    return !this.#stopped;
  }

  #wait(what: Source, seconds: number): false {
    this.parts.tell({ at: "waiting", what, seconds });
    return false;
  }

  async #forget(): Promise<"finished"> {
    const { kept, tell } = this.parts;
    await kept.camera.forget();
    await kept.microphone.forget();
    const { microphone, camera } = this.#added;
    tell({
      at: "whole",
      added: { microphone: Math.round(microphone / 1000), camera: Math.round(camera / 1000) },
    });
    return "finished";
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
