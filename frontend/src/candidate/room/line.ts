/** The line to the gateway: joins, listens, notices silence and joins again, until a last word. */
import { backoff } from "./backoff";
import { deviceMs } from "./device-clock";
import { type ClientMessage, ROOM_VERSION, type ServerMessage } from "./messages";
import { type Action, isLast, type View } from "./state";

export type JoinReply =
  | {
      at: "gateway";
      address: string;
      ticket: string;
      epoch: number;
      ice_servers?: RTCIceServer[];
    }
  | { at: "queue"; place: number | null }
  | { at: "over" };

/** What we use of a WebSocket. */
export type Socket = Pick<WebSocket, "send" | "close" | "readyState"> & {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
};

export type LineParts = {
  join: (failedEpoch: number | null) => Promise<JoinReply>;
  open: (url: string) => Socket;
  view: () => View;
  tell: (action: Action) => void;
  /** Each message, after the reducer took it in. */
  heard?: (message: ServerMessage) => void;
  /** A fresh line stands and the room's state came over it. */
  opened?: () => void;
};

const PING_MS = 1000;
const MISSED_PONGS = 3;
const OPEN_MS = 4000;
const QUEUE_MS = 2000;
/** A pong comes every second. */
const DOUBT_MS = 1400;
const OPEN = 1;

export class RoomLine {
  #socket: Socket | null = null;
  #timers = new Set<ReturnType<typeof setTimeout>>();
  #stopped = false;
  #failedEpoch: number | null = null;
  #tries = 0;
  #unheard = 0;
  #settled = false;
  #round = 0;
  #heardAt = 0;
  #address = "";

  constructor(private readonly parts: LineParts) {}

  start(): void {
    void this.#join();
  }

  /** Leave for good: no further try, no further word. */
  stop(): void {
    this.#stopped = true;
    this.#drop();
  }

  /** Drop this line and join again at once, because the person asked for it. */
  again(): void {
    if (this.#stopped || isLast(this.parts.view())) return;
    this.#drop();
    this.parts.tell({ type: "lost" });
    void this.#join();
  }

  /** Where the gateway is that this line goes to. */
  get address(): string {
    return this.#address;
  }

  /** Join again at once when nothing was heard for a while either: the network has changed. */
  doubt(): boolean {
    if (deviceMs() - this.#heardAt < DOUBT_MS) return false;
    this.again();
    return true;
  }

  /** Send now; false when the line is not open. */
  send(message: ClientMessage): boolean {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  async #join(): Promise<void> {
    // Only the newest try counts: an older one may answer after the person asked to connect again.
    this.#round += 1;
    const round = this.#round;
    const reply = await this.parts.join(this.#failedEpoch).catch(() => null);
    if (this.#stopped || round !== this.#round) return;
    // The gateway is not to blame when the API cannot be reached either.
    if (!reply) return this.#lost({ gateway: false });
    if (reply.at === "over") this.parts.tell({ type: "over" });
    else if (reply.at === "queue") {
      this.parts.tell({ type: "queued", place: reply.place });
      this.#later(QUEUE_MS, () => void this.#join());
    } else this.#connect(reply);
  }

  #connect({ address, ticket, epoch }: Extract<JoinReply, { at: "gateway" }>): void {
    this.parts.tell({ type: "joined", epoch });
    const socket = this.parts.open(`${address.replace(/^http/, "ws").replace(/\/$/, "")}/room`);
    this.#socket = socket;
    this.#address = address;
    this.#settled = false;
    this.#unheard = 0;
    socket.onopen = () => {
      this.send({ kind: "join", ticket });
      this.send({ kind: "hello", version: ROOM_VERSION, last_seq: this.parts.view().seq });
      this.#ping();
    };
    socket.onmessage = (event) => this.#heard(JSON.parse(String(event.data)) as ServerMessage);
    socket.onclose = () => this.#lost();
    this.#later(OPEN_MS, () => {
      if (!this.#settled) this.#lost();
    });
  }

  #heard(message: ServerMessage): void {
    this.#unheard = 0;
    this.#heardAt = deviceMs();
    this.parts.tell({ type: "heard", message });
    if (message.kind === "state" && !this.#settled) {
      this.#settled = true;
      this.#tries = 0;
      this.#failedEpoch = null;
      this.parts.opened?.();
    }
    this.parts.heard?.(message);
    if (message.kind === "refused" && message.code === "old_epoch")
      this.#failedEpoch = this.parts.view().epoch;
    if (isLast(this.parts.view())) this.#drop();
  }

  #ping(): void {
    this.#later(PING_MS, () => {
      if (this.#unheard >= MISSED_PONGS) return this.#lost();
      this.#unheard += 1;
      this.send({ kind: "ping", at: deviceMs() });
      this.#ping();
    });
  }

  /** After the first failed try the API is told which epoch did not answer, and looks for another. */
  #lost({ gateway } = { gateway: true }): void {
    this.#drop();
    if (isLast(this.parts.view())) return;
    this.parts.tell({ type: "lost" });
    if (gateway && this.#tries > 0) this.#failedEpoch = this.parts.view().epoch;
    const wait = backoff(this.#tries);
    this.#tries += 1;
    this.#later(wait, () => void this.#join());
  }

  #drop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
