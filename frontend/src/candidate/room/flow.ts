/** Whether sound still arrives over a peer connection. Pure. */

const SILENT_MS = 1500;

type Stat = { type?: string; kind?: string; packetsReceived?: number };

/** The gateway sends fifty packets a second, also of silence: none for a second and a half is a dead path. */
export class Flow {
  #packets = -1;
  #movedAt = Number.POSITIVE_INFINITY;

  /** Take a look at the connection's figures; false once nothing has arrived for too long. */
  look(stats: Iterable<Stat>, now: number): boolean {
    for (const { type, kind, packetsReceived = 0 } of stats) {
      if (type !== "inbound-rtp" || kind !== "audio" || packetsReceived === this.#packets) continue;
      this.#packets = packetsReceived;
      this.#movedAt = now;
    }
    if (this.#movedAt === Number.POSITIVE_INFINITY) this.#movedAt = now;
    return now - this.#movedAt < SILENT_MS;
  }
}
