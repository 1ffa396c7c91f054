/** Gathers packets to pieces of about two seconds. Pure. */
import { PACKET_MS } from "../room/capture";
import { type Kept, ms, PIECE_MS, type Piece, pieceOf } from "./pieces";

/** Packets further apart than this, or that overlap by more, do not belong into one piece. */
const [APART_MS, OVERLAP_MS] = [30, 10];

/** Sound: a piece is done when it is long enough or the sound stood still. */
export class SoundPieces {
  #packets: Kept[] = [];

  constructor(private readonly load: number) {}

  /** Take a packet; returns the piece that it finished, if it did. */
  add(packet: Kept): Piece | null {
    const last = this.#packets.at(-1);
    const apart = last ? ms(packet) - ms(last) - PACKET_MS : 0;
    const done = apart > APART_MS || apart < -OVERLAP_MS ? this.flush() : null;
    this.#packets.push(packet);
    if (done) return done;
    return this.#packets.length * PACKET_MS >= PIECE_MS ? this.flush() : null;
  }

  /** Return what is there as a piece, however short. */
  flush(): Piece | null {
    const packets = this.#packets;
    this.#packets = [];
    return pieceOf(this.load, packets, PACKET_MS);
  }
}

/** Pictures further apart than this are no film any more: the server takes them for two. */
export const STILL_MS = 1500;
/** The server takes no piece that is longer, or larger. */
const [LONGEST_MS, MOST_BYTES] = [9000, 120 * 1024];
/** A picture stands until the next one: about so long. */
const SHOWN_MS = 100;

/** Film: a piece begins with a picture that stands alone, and has no other. */
export class FilmPieces {
  #pictures: Kept[] = [];
  #bytes = 0;

  /** `ask` for a picture that stands alone: the next piece begins with it. */
  constructor(
    private readonly load: number,
    private readonly ask: () => void,
  ) {}

  /** Take a picture; returns the piece that it finished, if it did. */
  add(picture: Kept): Piece | null {
    const done = this.#ends(picture) ? this.flush() : null;
    if (standsAlone(picture) || this.#pictures.length > 0) this.#put(picture);
    const first = this.#pictures[0];
    if (!first || ms(picture) - ms(first) >= PIECE_MS) this.ask();
    return done;
  }

  /** Return what is there as a piece, however short; the next one begins with a new picture. */
  flush(): Piece | null {
    const pictures = this.#pictures;
    this.#pictures = [];
    this.#bytes = 0;
    return pieceOf(this.load, pictures, SHOWN_MS);
  }

  #put(picture: Kept): void {
    this.#pictures.push(picture);
    this.#bytes += picture.data.length;
  }

  #ends(picture: Kept): boolean {
    const [first, last] = [this.#pictures[0], this.#pictures.at(-1)];
    if (!first || !last || standsAlone(picture)) return true;
    const tooLate = ms(picture) - ms(last) > STILL_MS || ms(picture) - ms(first) > LONGEST_MS;
    return tooLate || this.#bytes + picture.data.length > MOST_BYTES;
  }
}

/** True of a VP8 picture that leans on none before it (RFC 6386, 9.1). */
const standsAlone = ({ data }: Kept): boolean => ((data[0] ?? 1) & 1) === 0;
