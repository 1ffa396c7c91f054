/** Keeps the candidate's picture on this device, small, while the interview records it. */
import { Film } from "../room/film";
import { FilmPieces } from "./grouping";
import type { Piece } from "./pieces";
import type { Shelf } from "./store";

/** A tenth of what the room sends: it fills holes, and has to go over a weak line later. */
const SIZE = { active: true, height: 360, max_kbit: 150, max_framerate: 10 } as const;
/** So many pieces may wait for a slow disk. */
const MOST_WAITING = 8;
/** So often in a row the disk may refuse a picture before no more are made. */
const MOST_REFUSED = 3;

export class CameraKeeper {
  readonly #pieces: FilmPieces;
  readonly #film: Film;
  #track: MediaStreamTrack | null = null;
  #writing: Promise<void> = Promise.resolve();
  #waiting = 0;
  #refused = 0;
  #givenUp = false;

  /** `tell`: whether the picture is being kept. */
  constructor(
    load: number,
    private readonly shelf: Promise<Shelf>,
    private readonly tell: (keeps: boolean) => void,
  ) {
    this.#pieces = new FilmPieces(load, () => this.#film.key());
    this.#film = new Film({
      hasRoom: () => this.#waiting < MOST_WAITING,
      send: ({ timestamp_us, vp8 }) => {
        this.#keep(this.#pieces.add({ timestamp_us, data: vp8 }));
        return true;
      },
      unable: () => this.#giveUp(),
    });
    this.#film.obey(SIZE);
  }

  /** Keep what this camera shows from now on; null: nothing. */
  watch(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    this.#track = track;
    this.#film.show(null);
    this.#keep(this.#pieces.flush());
    if (!this.#givenUp) this.#film.show(track);
    this.tell(track !== null && !this.#givenUp);
  }

  /** Stop; what is kept stays. Resolves when it is written. */
  async stop(): Promise<void> {
    this.watch(null);
    await this.#writing;
  }

  /** This browser cannot make pictures, or has no room for them. */
  #giveUp(): void {
    this.#givenUp = true;
    this.#film.show(null);
    this.tell(false);
  }

  #keep(piece: Piece | null): void {
    if (!piece) return;
    this.#waiting += 1;
    this.#writing = this.#writing
      .then(async () => (await this.shelf).add(piece))
      .then(() => {
        this.#refused = 0;
      })
      .catch(() => this.#full())
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  /** The older pictures make room; a browser that takes none is not asked for ever. */
  async #full(): Promise<void> {
    this.#refused += 1;
    if (this.#refused >= MOST_REFUSED) this.#giveUp();
    await this.shelf.then((shelf) => shelf.halve()).catch(() => {});
  }
}
