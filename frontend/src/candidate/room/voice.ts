/** The voice both ways over one RTCPeerConnection; a dead one is never mended, but replaced. */
import { CameraSender, putFirst } from "./camera-sender";
import { Flow } from "./flow";
import { LineWatch } from "./line-report";
import type { ClientMessage, SenderLimits } from "./messages";

/** `stalled`: it was on, and nothing comes; it may recover. `failed`: it will not. */
export type Direct = "connecting" | "on" | "stalled" | "failed";

export type VoiceParts = {
  microphone: MediaStream;
  /** Relays of ours; the default list would call a server on the internet. */
  relays: RTCIceServer[];
  send: (message: ClientMessage) => boolean;
  tell: (state: Direct) => void;
  /** The candidate agreed that their picture is recorded: there is room for one. */
  pictures: boolean;
};

const GATHER_MS = 2000;
const CONNECT_MS = 8000;
const LOOK_MS = 250;
const REPORT_MS = 1000;

export class Voice {
  #peer: RTCPeerConnection | null = null;
  #offerId: string | null = null;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #looking: ReturnType<typeof setInterval> | undefined;
  #reports: ReturnType<typeof setInterval> | undefined;
  #state: Direct = "connecting";
  readonly #camera = new CameraSender();
  /** The interviewer's voice, to be played; null before the gateway answered. */
  stream: MediaStream | null = null;

  constructor(private readonly parts: VoiceParts) {}

  get state(): Direct {
    return this.#state;
  }

  /** Offer the connection; once. */
  async offer(): Promise<void> {
    const iceServers = this.parts.relays;
    const peer = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
    this.#peer = peer;
    for (const track of this.parts.microphone.getAudioTracks())
      peer.addTrack(track, this.parts.microphone);
    if (this.parts.pictures) this.#camera.attach(peer);
    peer.ontrack = ({ streams, track }) => {
      this.stream = streams[0] ?? new MediaStream([track]);
    };
    peer.onconnectionstatechange = () => this.#changed(peer);
    this.#deadline = setTimeout(() => this.#fail(), CONNECT_MS);
    await peer.setLocalDescription();
    await gathered(peer);
    if (peer !== this.#peer) return;
    this.#offerId = crypto.randomUUID();
    const sdp = peer.localDescription?.sdp ?? "";
    this.parts.send({ kind: "offer", id: this.#offerId, sdp });
  }

  /** Take the gateway's answer, if it is the one to this offer. */
  async answer(id: string, sdp: string): Promise<void> {
    if (id !== this.#offerId || this.#peer?.signalingState !== "have-local-offer") return;
    const peer = this.#peer;
    await peer.setRemoteDescription({ type: "answer", sdp });
    const [voice] = peer.getSenders();
    if (voice) await putFirst(voice);
    if (peer === this.#peer) this.#camera.opened();
  }

  /** Send this picture beside the voice from now on; null: none. */
  show(track: MediaStreamTrack | null): void {
    this.#camera.show(track);
  }

  /** Keep within these limits. */
  obey(limits: SenderLimits): void {
    this.#camera.obey(limits);
  }

  close(): void {
    clearTimeout(this.#deadline);
    clearInterval(this.#looking);
    clearInterval(this.#reports);
    const peer = this.#peer;
    this.#peer = this.#offerId = null;
    if (!peer) return;
    peer.ontrack = peer.onconnectionstatechange = null;
    peer.close();
  }

  #changed(peer: RTCPeerConnection): void {
    if (peer !== this.#peer) return;
    const state = peer.connectionState;
    if (state === "connected" && this.#state === "connecting") {
      clearTimeout(this.#deadline);
      this.#tell("on");
      this.#look(peer);
      this.#report(peer);
    } else if (state === "failed" || state === "closed") this.#fail();
  }

  #report(peer: RTCPeerConnection): void {
    const watch = new LineWatch();
    this.#reports = setInterval(async () => {
      const report = watch.report((await peer.getStats()).values());
      if (report && peer === this.#peer) this.parts.send(report);
    }, REPORT_MS);
  }

  /** "Connected" says nothing about a dead path; what arrives does. */
  #look(peer: RTCPeerConnection): void {
    const flow = new Flow();
    this.#looking = setInterval(async () => {
      const flows = flow.look((await peer.getStats()).values(), Date.now());
      if (peer === this.#peer) this.#tell(flows ? "on" : "stalled");
    }, LOOK_MS);
  }

  #fail(): void {
    this.close();
    this.#tell("failed");
  }

  #tell(state: Direct): void {
    if (state === this.#state || this.#state === "failed") return;
    this.#state = state;
    this.parts.tell(state);
  }
}

/** All candidates stand in the SDP: wait for them, but not for ever. */
function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHER_MS);
    peer.addEventListener("icegatheringstatechange", () => {
      if (peer.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      resolve();
    });
  });
}
