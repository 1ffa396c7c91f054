/** One visit to the room: the view, the line, the voice and the answer box, outside of React. */
import { recall, remember } from "../memory";
import { type JoinReply, RoomLine, type Socket } from "./line";
import type { ActName, ServerMessage } from "./messages";
import { isGoing } from "./picture";
import { type Action, reduce, START, type View } from "./state";
import { Voice } from "./voice";

type Parts = {
  join: (failedEpoch: number | null) => Promise<JoinReply>;
  hear: (stream: MediaStream) => void;
  /** The candidate agreed that their picture is recorded. */
  pictures: boolean;
};

/** What stands in the answer box, kept through a reload of this tab. */
const DRAFT = "interloop:draft";
const DRAFT_MS = 1000;

export class RoomSession {
  #view: View = START;
  #draft = recall(DRAFT);
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  #microphone: MediaStream | null = null;
  #camera: MediaStreamTrack | null = null;
  #voice: Voice | null = null;
  #relays: RTCIceServer[] = [];
  readonly #line: RoomLine;
  readonly #watchers = new Set<() => void>();

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

  start(): void {
    this.#line.start();
  }

  stop(): void {
    clearTimeout(this.#draftTimer);
    this.#voice?.stop();
    this.#line.stop();
  }

  /** Join anew because the person asked for it. */
  again(): void {
    this.#line.again();
  }

  /** Speak with this microphone from now on; null: only type. */
  speakWith(microphone: MediaStream | null): void {
    if (microphone === this.#microphone) return;
    const before = this.#voice;
    this.#microphone = microphone;
    this.#mute();
    if (microphone && before && this.#view.voice === "on") return void before.replace(microphone);
    this.#voice = null;
    before?.stop();
    if (this.#view.line === "open") this.#offer();
  }

  /** Show this camera from now on; null: none. Without a yes to that it never leaves the page. */
  show(camera: MediaStream | null): void {
    this.#camera = camera?.getVideoTracks()[0] ?? null;
    const picture = this.#camera ? (this.parts.pictures ? "shared" : "local") : "off";
    this.#tell({ type: "picture", picture });
    this.#mute();
  }

  act(act: ActName): boolean {
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
    this.#offer();
  }

  #offer(): void {
    if (!this.#microphone) return;
    this.#voice?.stop();
    this.#voice = new Voice({
      microphone: this.#microphone,
      relays: this.#relays,
      send: (message) => this.#line.send(message),
      tell: (voice) => this.#tell({ type: "voice", voice }),
      hear: this.parts.hear,
      pictures: this.parts.pictures,
    });
    this.#mute();
    void this.#voice.offer();
  }

  #heard(message: ServerMessage): void {
    if (message.kind === "answer") void this.#voice?.answer(message.id, message.sdp);
    if (message.kind === "sender") this.#voice?.obey(message);
    if (message.kind === "refused" && message.code === "bad_offer") this.#voice?.stop();
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
    this.#voice?.show(isGoing(this.#view) ? this.#camera : null);
  }
}
