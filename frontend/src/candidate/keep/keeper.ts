/** Keeps a copy of the candidate's own voice on this device while the interview records it. */
import { canCapture, capture } from "../room/capture";
import { deviceMs } from "../room/device-clock";
import { ClockWatch } from "./clock";
import { Grouper, type Piece } from "./pieces";
import { KeptVoice } from "./store";

/** `no`: this browser cannot keep sound, or refused to. */
export type Keeps = "unknown" | "yes" | "no";

export class Keeper {
  readonly #load = performance.timeOrigin;
  readonly #watch = new ClockWatch(this.#load);
  readonly #opened: Promise<KeptVoice>;
  #microphone: MediaStream | null = null;
  #running: Promise<() => void> | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    interview: string,
    private readonly tell: (keeps: Keeps) => void,
  ) {
    this.#opened = KeptVoice.open(interview);
    this.#opened.catch(() => tell("no"));
  }

  /** Keep what this microphone hears from now on; null: nothing. */
  listen(microphone: MediaStream | null): void {
    if (microphone === this.#microphone) return;
    this.#microphone = microphone;
    const before = this.#running;
    void before?.then((stop) => stop());
    this.#running = microphone ? this.#run(microphone) : null;
  }

  /** A pong came over the line: where the interview's clock stands. */
  heard(at: number, clock: number | null, epoch: number | null): void {
    if (clock === null || epoch === null) return;
    const reading = this.#watch.heard({ at, now: deviceMs(), clock, epoch });
    if (reading) this.#write((kept) => kept.note(reading));
  }

  /** Stop; what is kept stays. Resolves when it is written. */
  async stop(): Promise<void> {
    this.listen(null);
    await this.#writing;
  }

  async #run(microphone: MediaStream): Promise<() => void> {
    const grouper = new Grouper(this.#load);
    const keep = (piece: Piece | null) => {
      if (piece) this.#write((kept) => kept.add(piece));
    };
    try {
      if (!(await canCapture())) throw new Error("this browser encodes no sound");
      const stop = await capture(microphone, (packet) => keep(grouper.add(packet)));
      this.tell("yes");
      return () => {
        stop();
        keep(grouper.flush());
      };
    } catch {
      this.tell("no");
      return () => {};
    }
  }

  #write(act: (kept: KeptVoice) => Promise<void>): void {
    this.#writing = this.#writing
      .then(async () => act(await this.#opened))
      .catch(() => this.tell("no"));
  }
}
