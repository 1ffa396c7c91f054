/** Which way voice and picture take: directly, or over a WebSocket where nothing else gets through. */
import type { Packet } from "./capture";
import type { ClientMessage, SenderLimits } from "./messages";
import type { VoiceState, Way } from "./state";
import { type Direct, Voice } from "./voice";

export type Detour = {
  send: (packet: Packet) => void;
  show: (track: MediaStreamTrack | null) => void;
  obey: (limits: SenderLimits) => void;
  close: () => void;
};

export type WaysParts = {
  microphone: MediaStream;
  /** Relays that the gateway told of. */
  relays: () => RTCIceServer[];
  send: (message: ClientMessage) => boolean;
  tell: (voice: VoiceState, way: Way | null) => void;
  hear: (stream: MediaStream) => void;
  /** The candidate agreed that their picture is recorded. */
  pictures: boolean;
  /** This browser cannot send a picture over the wire. */
  unfilmed: () => void;
  /** Nothing arrives on the direct way: true when the whole line is to be made anew. */
  stalled: () => boolean;
  /** Open the wire with this pass; null where the browser cannot. */
  detour: ((token: string, recent: readonly Packet[], told: DetourTold) => Detour) | null;
  /** Hand over what the microphone makes, until stopped. */
  listen: (take: (packet: Packet) => void) => () => void;
  /** Begin with the wire: the direct way was closed a moment ago. */
  blocked: boolean;
};

export type DetourTold = {
  opened: (stream: MediaStream) => void;
  gone: () => void;
  /** A picture was to be sent, and this browser cannot. */
  unfilmed: () => void;
};

/** The direct way gets so long before the wire is opened beside it. */
const PATIENCE_MS = 3000;
const AGAIN_MS = [20_000, 60_000, 120_000] as const;
const REOPEN_MS = [300, 1000, 3000, 10_000] as const;
/** What was said in the last eight seconds, for a wire that opens in the middle of a sentence. */
const RECENT = 400;

export class Ways {
  #now: Voice | null = null;
  #next: Voice | null = null;
  #wire: Detour | null = null;
  #wireOn = false;
  #asked: string | null = null;
  #failures = 0;
  #retries = 0;
  #stopped = false;
  #picture: MediaStreamTrack | null = null;
  #limits: SenderLimits | null = null;
  readonly #recent: Packet[] = [];
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #deafen: () => void;

  constructor(private readonly parts: WaysParts) {
    this.#deafen = parts.detour ? parts.listen((packet) => this.#said(packet)) : () => {};
  }

  /** Find a way; on a line that was made anew, find it anew unless the present one works. */
  start(): void {
    if (this.#now?.state === "on") return;
    if (!this.#wireOn) this.parts.tell("connecting", null);
    if (this.parts.blocked && this.parts.detour) {
      this.#ask();
      this.#after("direct", AGAIN_MS[0], () => this.#try());
    } else this.#try();
  }

  /** Take the other way, because the person asked for it. */
  switchOver(): void {
    if (this.#wireOn) this.#try();
    else this.#ask();
  }

  /** The gateway's answer to an offer. */
  answer(id: string, sdp: string): void {
    void this.#next?.answer(id, sdp);
  }

  /** Send this picture beside the voice where there is room for it; null: none. */
  show(track: MediaStreamTrack | null): void {
    this.#picture = track;
    this.#now?.show(track);
    this.#next?.show(track);
    if (this.parts.pictures) this.#wire?.show(track);
  }

  /** Keep within these limits. */
  obey(limits: SenderLimits): void {
    this.#limits = limits;
    this.#now?.obey(limits);
    this.#next?.obey(limits);
    this.#wire?.obey(limits);
  }

  /** The gateway's pass to the wire. */
  passed(id: string, token: string): void {
    if (id !== this.#asked || !this.parts.detour) return;
    this.#asked = null;
    this.#cancel("ask");
    this.#wire?.close();
    this.#wire = this.parts.detour(token, this.#recent, {
      opened: (stream) => this.#wireOpened(stream),
      gone: () => this.#wireGone(),
      unfilmed: this.parts.unfilmed,
    });
    this.show(this.#picture);
    if (this.#limits) this.#wire.obey(this.#limits);
  }

  stop(): void {
    this.#stopped = true;
    this.#deafen();
    for (const name of [...this.#timers.keys()]) this.#cancel(name);
    this.#now?.close();
    this.#next?.close();
    this.#wire?.close();
    this.parts.tell("off", null);
  }

  /** Try the direct way; what works goes on until it does. */
  #try(): void {
    this.#next?.close();
    const next = new Voice({
      microphone: this.parts.microphone,
      relays: this.parts.relays(),
      send: this.parts.send,
      tell: (state) => this.#told(next, state),
      pictures: this.parts.pictures,
    });
    this.#next = next;
    next.show(this.#picture);
    if (!this.#wireOn) this.#after("wire", PATIENCE_MS, () => this.#ask());
    void next.offer();
  }

  #told(voice: Voice, state: Direct): void {
    if (this.#stopped) return;
    if (state === "on") this.#works(voice);
    else if (voice === this.#next && state === "failed") {
      this.#next = null;
      this.#lost();
    } else if (voice === this.#now) this.#broken(state);
  }

  #works(voice: Voice): void {
    if (voice === this.#next) {
      this.#now?.close();
      this.#now = voice;
    } else this.#next?.close();
    this.#next = null;
    this.#retries = 0;
    this.#shutWire();
    for (const name of ["wire", "ask", "direct", "reopen"]) this.#cancel(name);
    if (voice.stream) this.parts.hear(voice.stream);
    this.parts.tell("on", "direct");
  }

  /** The present connection is silent or dead. */
  #broken(state: Direct): void {
    if (state === "failed") this.#now = null;
    if (this.#wireOn) return;
    this.parts.tell("connecting", null);
    if (!this.parts.stalled() && !this.#next) this.#try();
  }

  #lost(): void {
    this.#after("direct", this.#pause(), () => this.#try());
    if (this.#wireOn || this.#now?.state === "on") return;
    if (this.parts.detour) this.#ask();
    else this.parts.tell("failed", null);
  }

  #pause(): number {
    const pause = AGAIN_MS[Math.min(this.#retries, AGAIN_MS.length - 1)] ?? AGAIN_MS[0];
    this.#retries += 1;
    return pause;
  }

  #ask(): void {
    if (!this.parts.detour || this.#asked || this.#wireOn) return;
    this.#asked = crypto.randomUUID();
    this.parts.send({ kind: "wire_ask", id: this.#asked });
    // A pass that does not come is like a wire that does not open.
    this.#after("ask", PATIENCE_MS, () => this.#wireGone());
  }

  #wireOpened(stream: MediaStream): void {
    this.#wireOn = true;
    this.#failures = 0;
    this.#now?.close();
    this.#now = null;
    this.#cancel("wire");
    if (!this.#timers.has("direct")) this.#after("direct", this.#pause(), () => this.#try());
    this.parts.hear(stream);
    this.parts.tell("on", "wire");
  }

  #wireGone(): void {
    this.#shutWire();
    if (this.#stopped || this.#now?.state === "on") return;
    this.#failures += 1;
    this.parts.tell(this.#failures > 2 ? "failed" : "connecting", null);
    const pause = REOPEN_MS[Math.min(this.#failures - 1, REOPEN_MS.length - 1)] ?? 10_000;
    this.#after("reopen", pause, () => this.#ask());
  }

  #shutWire(): void {
    this.#asked = null;
    this.#wireOn = false;
    this.#wire?.close();
    this.#wire = null;
  }

  #said(packet: Packet): void {
    this.#recent.push(packet);
    if (this.#recent.length > RECENT) this.#recent.shift();
    this.#wire?.send(packet);
  }

  #after(name: string, ms: number, act: () => void): void {
    this.#cancel(name);
    const timer = setTimeout(() => {
      this.#timers.delete(name);
      act();
    }, ms);
    this.#timers.set(name, timer);
  }

  #cancel(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}
