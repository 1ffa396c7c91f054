/** How the line looks from this side: round trip, and how long the voice waits before it leaves. */
import type { ClientMessage } from "./messages";

type LineReport = Extract<ClientMessage, { kind: "line_report" }>;

/** What we use of a report of getStats. */
type Stat = {
  type: string;
  kind?: string;
  roundTripTime?: number;
  packetsSent?: number;
  totalPacketSendDelay?: number;
};

export class LineWatch {
  #packets = 0;
  #delay = 0;

  /** The report for the time since the last one; null when nothing is known. */
  report(stats: Iterable<Stat>): LineReport | null {
    const all = [...stats];
    // A picture may wait; that the voice does is what counts.
    const outbound = all.filter((stat) => stat.type === "outbound-rtp" && stat.kind === "audio");
    const packets = sum(outbound.map((stat) => stat.packetsSent));
    const delay = sum(outbound.map((stat) => stat.totalPacketSendDelay));
    const heard = all.find((stat) => stat.type === "remote-inbound-rtp" && stat.kind === "audio");
    const rtt = heard?.roundTripTime ?? null;
    const sent = packets - this.#packets;
    const waited = delay - this.#delay;
    this.#packets = packets;
    this.#delay = delay;
    const queue = sent > 0 && waited >= 0 ? waited / sent : null;
    if (rtt === null && queue === null) return null;
    return { kind: "line_report", rtt_ms: ms(rtt), queue_ms: ms(queue) };
  }
}

const sum = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

const ms = (seconds: number | null): number | null =>
  seconds === null ? null : Math.round(Math.max(0, seconds) * 1000);
