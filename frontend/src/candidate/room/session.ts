/** One visit to the room: the view, the line, the voice and the answer box, outside of React. */
import { recall, remember } from "../memory";
import { detourAt } from "./detour";
import { type JoinReply, RoomLine, type Socket } from "./line";
import type { ActName, ServerMessage } from "./messages";
import { listenTo } from "./packets";
import { isGoing } from "./picture";
import { type Action, reduce, START, type View, type VoiceState, type Way } from "./state";
import { Ways } from "./ways";

type Parts = {
  join: (failedEpoch: number | null) => Promise<JoinReply>;
  hear: (stream: MediaStream) => void;
  /** The candidate agreed that their picture is recorded. */
  pictures: boolean;
};

/** What stands in the answer box, kept through a reload of this tab. */
const DRAFT = "interloop:draft";
const DRAFT_MS = 1000;
const BLOCKED = "interloop:udp-blocked";

export class RoomSession {
  #view: View = START;
  #draft = recall(DRAFT);
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  #microphone: MediaStream | null = null;
  #camera: MediaStreamTrack | null = null;
  #ways: Ways | null = null;
  #room = "";
  #started = false;
  #relays: RTCIceServer[] = [];
  readonly #line: RoomLine;
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<(message: ServerMessage) => void>();

  constructor(private readonly parts: Parts) {
    this.#line = new RoomLine({
      join: (failedEpoch) => this.#join(failedEpoch),
      open: (url) => new WebSocket(url) as Socket,
      view: () => this.#view,
      tell: (action) => this.#tell(action),
      opened: () => this.#opened(),
      heard: (message) => this.#heard(message),
    });
  }

  readonly view = (): View => this.#view;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Hear each message of the gateway, after the view took it in. Returns how to stop. */
  readonly overhear = (listener: (message: ServerMessage) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    globalThis.addEventListener?.("online", this.#online);
    this.#line.start();
  }

  /** The network is back: nobody waits for the next try. */
  readonly #online = (): void => {
    if (this.#view.line === "lost") this.#line.again();
  };

  stop(): void {
    this.#flush();
    globalThis.removeEventListener?.("online", this.#online);
    this.#ways?.stop();
    this.#line.stop();
  }

  /** Join anew because the person asked for it. */
  again(): void {
    this.#line.again();
  }

  /** Send the voice the other way, because the person asked for it. */
  switchWay(): void {
    this.#ways?.switchOver();
  }

  /** Speak with this microphone from now on; null: only type. */
  speakWith(microphone: MediaStream | null): void {
    if (microphone === this.#microphone) return;
    this.#microphone = microphone;
    this.#mute();
    this.#ways?.stop();
    this.#ways = null;
    if (this.#view.line === "open") this.#speak();
  }

  /** Show this camera from now on; null: none. Without a yes to that it never leaves the page. */
  show(camera: MediaStream | null): void {
    this.#camera = camera?.getVideoTracks()[0] ?? null;
    const picture = this.#camera ? (this.parts.pictures ? "shared" : "local") : "off";
    this.#tell({ type: "picture", picture });
    this.#mute();
  }

  /** Press a button; a start that the line swallowed is pressed again on the next one. */
  act(act: ActName): boolean {
    if (act === "start") this.#started = true;
    if (act === "pause" || act === "leave") this.#flush();
    return this.#line.send({ kind: "act", act });
  }

  get draft(): string {
    return this.#draft;
  }

  /** Keep what stands in the box; it goes over the line at most once a second. */
  write(text: string): void {
    this.#draft = text;
    remember(DRAFT, text);
    this.#draftTimer ??= setTimeout(() => this.#sendDraft(), DRAFT_MS);
  }

  /** Send the answer; while the line is lost it waits and goes with the next one. */
  answer(text: string): void {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    this.#draft = "";
    remember(DRAFT, "");
    const answer = { id: crypto.randomUUID(), text };
    this.#tell({ type: "answered", answer });
    this.#line.send({ kind: "typed_answer", answer_id: answer.id, text });
  }

  /** Whoever leaves now has written until now. */
  #flush(): void {
    if (this.#draftTimer === undefined) return;
    clearTimeout(this.#draftTimer);
    this.#sendDraft();
  }

  #sendDraft(): void {
    this.#draftTimer = undefined;
    this.#line.send({ kind: "typed_draft", text: this.#draft });
  }

  async #join(failedEpoch: number | null): Promise<JoinReply> {
    const reply = await this.parts.join(failedEpoch);
    if (reply.at === "gateway") this.#relays = reply.ice_servers ?? [];
    return reply;
  }

  #opened(): void {
    for (const { id, text } of this.#view.unanswered)
      this.#line.send({ kind: "typed_answer", answer_id: id, text });
    if (this.#draft) this.#sendDraft();
    if (this.#started && this.#view.room?.phase === "waiting")
      this.#line.send({ kind: "act", act: "start" });
    this.#speak();
  }

  /** Find a way for the voice, unless the present one leads to this very gateway and works. */
  #speak(): void {
    const microphone = this.#microphone;
    if (!microphone) return;
    const room = `${this.#line.address} ${this.#view.epoch}`;
    if (this.#ways && room !== this.#room) {
      this.#ways.stop();
      this.#ways = null;
    }
    this.#room = room;
    this.#ways ??= new Ways({
      microphone,
      relays: () => this.#relays,
      send: (message) => this.#line.send(message),
      tell: (voice, way) => this.#wayIs(voice, way),
      hear: this.parts.hear,
      pictures: this.parts.pictures,
      unfilmed: () => this.#tell({ type: "unfilmed" }),
      stalled: () => this.#line.doubt(),
      detour: detourAt(() => this.#line.address),
      listen: (take) => listenTo(microphone, take),
      blocked: recall(BLOCKED) === "yes",
    });
    this.#mute();
    this.#ways.start();
  }

  #wayIs(voice: VoiceState, way: Way | null): void {
    // After a reload the way that worked is taken first.
    if (way) remember(BLOCKED, way === "wire" ? "yes" : "");
    this.#tell({ type: "voice", voice, way });
  }

  #heard(message: ServerMessage): void {
    if (message.kind === "answer") this.#ways?.answer(message.id, message.sdp);
    if (message.kind === "sender") this.#ways?.obey(message);
    if (message.kind === "wire_pass") this.#ways?.passed(message.id, message.token);
    if (message.kind === "refused" && message.code === "bad_offer") this.#ways?.stop();
    for (const listener of this.#listeners) listener(message);
  }

  #tell(action: Action): void {
    const next = reduce(this.#view, action);
    if (next === this.#view) return;
    this.#view = next;
    this.#mute();
    for (const watcher of this.#watchers) watcher();
  }

  /** Before the start and in a pause nothing leaves the devices, whatever the gateway does. */
  #mute(): void {
    const phase = this.#view.room?.phase;
    const silent = phase === "waiting" || phase === "paused";
    for (const track of this.#microphone?.getAudioTracks() ?? []) track.enabled = !silent;
    this.#ways?.show(isGoing(this.#view) ? this.#camera : null);
  }
}
