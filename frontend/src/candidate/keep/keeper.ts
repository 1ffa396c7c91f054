/** Keeps a copy of the candidate's own voice and picture on this device while it is recorded. */
import { canCapture, capture } from "../room/capture";
import { deviceMs } from "../room/device-clock";
import { CameraKeeper } from "./camera-keeper";
import { ClockWatch } from "./clock";
import { SoundPieces } from "./grouping";
import type { Piece } from "./pieces";
import { keepFirst, Shelf } from "./store";

/** `no`: this browser cannot keep sound, or refused to. */
export type Keeps = "unknown" | "yes" | "no";

export type Told = {
  voice: (keeps: Keeps) => void;
  /** Whether the picture is being kept. */
  picture: (keeps: boolean) => void;
};

export class Keeper {
  readonly #load = performance.timeOrigin;
  readonly #watch = new ClockWatch(this.#load);
  readonly #voice: Promise<Shelf>;
  readonly #pictures: Promise<Shelf>;
  readonly #camera: CameraKeeper;
  #microphone: MediaStream | null = null;
  #running: Promise<() => void> | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    interview: string,
    private readonly tell: Told,
  ) {
    this.#voice = Shelf.open(interview, "microphone");
    this.#voice.catch(() => tell.voice("no"));
    this.#pictures = Shelf.open(interview, "camera");
    this.#pictures.catch(() => {});
    this.#camera = new CameraKeeper(this.#load, this.#pictures, tell.picture);
  }

  /** Keep what this microphone hears from now on; null: nothing. */
  listen(microphone: MediaStream | null): void {
    if (microphone === this.#microphone) return;
    this.#microphone = microphone;
    const before = this.#running;
    void before?.then((stop) => stop());
    this.#running = microphone ? this.#run(microphone) : null;
  }

  /** Keep what this camera shows from now on; null: nothing. */
  watch(track: MediaStreamTrack | null): void {
    this.#camera.watch(track);
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
    await this.#camera.stop();
    await this.#writing;
  }

  async #run(microphone: MediaStream): Promise<() => void> {
    const pieces = new SoundPieces(this.#load);
    const pictures = { halve: async () => (await this.#pictures).halve() };
    const keep = (piece: Piece | null) => {
      if (piece) this.#write((kept) => keepFirst(kept, pictures, piece));
    };
    try {
      if (!(await canCapture())) throw new Error("this browser encodes no sound");
      const stop = await capture(microphone, ({ timestamp_us, opus }) =>
        keep(pieces.add({ timestamp_us, data: opus })),
      );
      this.tell.voice("yes");
      return () => {
        stop();
        keep(pieces.flush());
      };
    } catch {
      this.tell.voice("no");
      return () => {};
    }
  }

  #write(act: (kept: Shelf) => Promise<void>): void {
    this.#writing = this.#writing
      .then(async () => act(await this.#voice))
      .catch(() => this.tell.voice("no"));
  }
}
