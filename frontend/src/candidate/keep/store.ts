/**
 * The kept sound in this browser's own storage, sealed with a key that no script can read out.
 *
 * AES-256-GCM; the interview and the piece's place are bound to each ciphertext.
 */

import type { Packet } from "../room/capture";
import type { Reading } from "./clock";
import { type Piece, type PieceKey, packed, unpacked } from "./pieces";

const NAME = "interloop-voice";
/** An hour of pieces; the oldest make room. */
const MOST_PIECES = 1800;
const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;

type Row = { interview: string; load: number; start: number; end: number } & Sealed;
type Sealed = { iv: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer };

export class KeptVoice {
  private constructor(
    private readonly db: IDBDatabase,
    private readonly key: CryptoKey,
    private readonly interview: string,
  ) {}

  /** Open what is kept of an interview; rejects where the browser keeps nothing. */
  static async open(interview: string): Promise<KeptVoice> {
    const db = await opened();
    return new KeptVoice(db, await keyOf(db, interview), interview);
  }

  async add(piece: Piece): Promise<void> {
    const { load, start, end } = piece;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(this.#cipher(iv, start), this.key, packed(piece));
    const row: Row = { interview: this.interview, load, start, end, iv, sealed };
    await done(this.#store("pieces", "readwrite").put(row));
    await this.#makeRoom();
  }

  /** Every piece, oldest first, unopened. */
  async pieces(): Promise<PieceKey[]> {
    const keys = await done(this.#store("pieces").getAllKeys(this.#mine()));
    return (keys as [string, number, number, number][]).map(([, start, load, end]) => ({
      start,
      load,
      end,
    }));
  }

  async packets({ start, load, end }: PieceKey): Promise<Packet[]> {
    const row: Row | undefined = await done(
      this.#store("pieces").get([this.interview, start, load, end]),
    );
    if (!row) return [];
    return unpacked(await crypto.subtle.decrypt(this.#cipher(row.iv, start), this.key, row.sealed));
  }

  async note(reading: Reading): Promise<void> {
    await done(this.#store("readings", "readwrite").put({ interview: this.interview, ...reading }));
  }

  async readings(): Promise<Reading[]> {
    return done(this.#store("readings").getAll(this.#mine()));
  }

  /** Drop everything of this interview, the key as well. */
  async forget(): Promise<void> {
    await forgotten(this.db, this.interview);
  }

  close(): void {
    this.db.close();
  }

  #store(name: string, mode: IDBTransactionMode = "readonly"): IDBObjectStore {
    return this.db.transaction(name, mode).objectStore(name);
  }

  #mine(): IDBKeyRange {
    return rangeOf(this.interview);
  }

  #cipher(iv: Uint8Array<ArrayBuffer>, start: number): AesGcmParams {
    const place = new TextEncoder().encode(`${this.interview}:${start}`);
    return { name: "AES-GCM", iv, additionalData: place };
  }

  async #makeRoom(): Promise<void> {
    const count = await done(this.#store("pieces").count(this.#mine()));
    if (count <= MOST_PIECES) return;
    const [oldest] = await done(this.#store("pieces").getAllKeys(this.#mine(), 1));
    if (oldest) await done(this.#store("pieces", "readwrite").delete(oldest));
  }
}

/** Drop what nobody came back for. */
export async function forgetOld(now: number): Promise<void> {
  const db = await opened();
  try {
    const made = db.transaction("keys").objectStore("keys");
    const rows: { interview: string; made: number }[] = await done(made.getAll());
    for (const row of rows)
      if (now - row.made > KEPT_DAYS * DAY_MS) await forgotten(db, row.interview);
  } finally {
    db.close();
  }
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
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
  await new Promise<void>((resolve, reject) => {
    change.oncomplete = () => resolve();
    change.onerror = change.onabort = () => reject(change.error);
  });
}

/** Every key that begins with this interview: an array sorts after each number and text. */
const rangeOf = (interview: string): IDBKeyRange => IDBKeyRange.bound([interview], [interview, []]);

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
