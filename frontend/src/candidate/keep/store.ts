/**
 * The kept sound and pictures in this browser's own storage, sealed with a key that no script can
 * read out.
 *
 * AES-256-GCM; the interview and the piece's place are bound to each ciphertext. Sound and pictures
 * have a database each: what the pictures do never touches the voice, nor a page from before them.
 */

import type { Reading } from "./clock";
import { type Kept, type Piece, type PieceKey, packed, type Source, unpacked } from "./pieces";

const NAMES: Record<Source, string> = {
  microphone: "interloop-voice",
  camera: "interloop-picture",
};
/** An hour of sound (12 MB) and half an hour of pictures (38 MB); the oldest make room. */
const MOST_PIECES: Record<Source, number> = { microphone: 1800, camera: 900 };
const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;

type Key = [string, number, number, number];
type Row = { interview: string; load: number; start: number; end: number } & Sealed;
type Sealed = { iv: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer };

export class Shelf {
  private constructor(
    private readonly db: IDBDatabase,
    private readonly key: CryptoKey,
    private readonly interview: string,
    private readonly source: Source,
  ) {}

  /** Open what is kept of an interview; rejects where the browser keeps nothing. */
  static async open(interview: string, source: Source): Promise<Shelf> {
    const db = await opened(source);
    return new Shelf(db, await keyOf(db, interview), interview, source);
  }

  /** Keep a piece; rejects with a `QuotaExceededError` when the browser has no room left. */
  async add(piece: Piece): Promise<void> {
    const { load, start, end } = piece;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(this.#cipher(iv, start), this.key, packed(piece));
    const row: Row = { interview: this.interview, load, start, end, iv, sealed };
    await this.#change((pieces) => pieces.put(row));
    await this.#shorten(MOST_PIECES[this.source]);
  }

  /** Every piece, oldest first, unopened. */
  async pieces(): Promise<PieceKey[]> {
    const keys = await done(this.#read("pieces").getAllKeys(rangeOf(this.interview)));
    return (keys as Key[]).map(([, start, load, end]) => ({ start, load, end }));
  }

  async packets({ start, load, end }: PieceKey): Promise<Kept[]> {
    const row: Row | undefined = await done(
      this.#read("pieces").get([this.interview, start, load, end]),
    );
    if (!row) return [];
    return unpacked(await crypto.subtle.decrypt(this.#cipher(row.iv, start), this.key, row.sealed));
  }

  /** Erase these: the server has them. */
  async drop(pieces: readonly PieceKey[]): Promise<void> {
    if (pieces.length === 0) return;
    await this.#change((store) => {
      for (const { start, load, end } of pieces) store.delete([this.interview, start, load, end]);
    });
  }

  /** Erase the older half: something more important needs the room. */
  async halve(): Promise<void> {
    const count = await done(this.#read("pieces").count(rangeOf(this.interview)));
    await this.#shorten(Math.floor(count / 2));
  }

  async note(reading: Reading): Promise<void> {
    const store = this.db.transaction("readings", "readwrite").objectStore("readings");
    await done(store.put({ interview: this.interview, ...reading }));
  }

  async readings(): Promise<Reading[]> {
    return done(this.#read("readings").getAll(rangeOf(this.interview)));
  }

  /** Drop everything of this interview, the key as well. */
  async forget(): Promise<void> {
    await forgotten(this.db, this.interview);
  }

  close(): void {
    this.db.close();
  }

  #read(name: string): IDBObjectStore {
    return this.db.transaction(name).objectStore(name);
  }

  /** Resolves when it is on the disk: room that is missing shows no earlier. */
  async #change(act: (pieces: IDBObjectStore) => void): Promise<void> {
    const change = this.db.transaction("pieces", "readwrite");
    act(change.objectStore("pieces"));
    await settled(change);
  }

  #cipher(iv: Uint8Array<ArrayBuffer>, start: number): AesGcmParams {
    const place = new TextEncoder().encode(`${this.interview}:${start}`);
    return { name: "AES-GCM", iv, additionalData: place };
  }

  async #shorten(most: number): Promise<void> {
    const range = rangeOf(this.interview);
    const count = await done(this.#read("pieces").count(range));
    if (count <= most) return;
    const oldest = await done(this.#read("pieces").getAllKeys(range, count - most));
    await this.#change((pieces) => {
      for (const key of oldest) pieces.delete(key);
    });
  }
}

/** Where a browser keeps no pictures, the voice is handed in all the same. */
export const NOTHING_KEPT = {
  pieces: async (): Promise<PieceKey[]> => [],
  packets: async (): Promise<Kept[]> => [],
  drop: async () => {},
  forget: async () => {},
  close: () => {},
};

/** Keep a piece of the voice; where there is no room left, pictures give theirs. */
export async function keepFirst(
  voice: Pick<Shelf, "add">,
  pictures: Pick<Shelf, "halve">,
  piece: Piece,
): Promise<void> {
  try {
    await voice.add(piece);
  } catch {
    await pictures.halve();
    await voice.add(piece);
  }
}

/** Drop what nobody came back for. */
export async function forgetOld(now: number): Promise<void> {
  for (const source of ["microphone", "camera"] as const) {
    const db = await opened(source);
    try {
      const made = db.transaction("keys").objectStore("keys");
      const rows: { interview: string; made: number }[] = await done(made.getAll());
      for (const row of rows)
        if (now - row.made > KEPT_DAYS * DAY_MS) await forgotten(db, row.interview);
    } finally {
      db.close();
    }
  }
}

function opened(source: Source): Promise<IDBDatabase> {
  const request = indexedDB.open(NAMES[source], 1);
  request.onupgradeneeded = () => {
    const db = request.result;
    db.createObjectStore("keys", { keyPath: "interview" });
    db.createObjectStore("pieces", { keyPath: ["interview", "start", "load", "end"] });
    db.createObjectStore("readings", { keyPath: ["interview", "load", "since"] });
  };
  return done(request);
}

async function keyOf(db: IDBDatabase, interview: string): Promise<CryptoKey> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  // In one transaction: of two who look at once both go by the first one's key.
  const keys = db.transaction("keys", "readwrite").objectStore("keys");
  const found = await done(keys.get(interview));
  if (found) return found.key;
  await done(keys.put({ interview, key, made: Date.now() }));
  return key;
}

async function forgotten(db: IDBDatabase, interview: string): Promise<void> {
  const names = ["keys", "pieces", "readings"];
  const change = db.transaction(names, "readwrite");
  change.objectStore("keys").delete(interview);
  for (const name of names.slice(1)) change.objectStore(name).delete(rangeOf(interview));
  await settled(change);
}

/** Every key that begins with this interview: an array sorts after each number and text. */
const rangeOf = (interview: string): IDBKeyRange => IDBKeyRange.bound([interview], [interview, []]);

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function settled(change: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    change.oncomplete = () => resolve();
    change.onerror = change.onabort = () => reject(change.error);
  });
}
