/** The voice both ways: one RTCPeerConnection a line, made anew whenever it does not recover. */
import { CameraSender, putFirst } from "./camera-sender";
import { LineWatch } from "./line-report";
import type { ClientMessage, SenderLimits } from "./messages";
import type { VoiceState } from "./state";

export type VoiceParts = {
  microphone: MediaStream;
  /** Relays of ours; the default list would call a server on the internet. */
  relays: RTCIceServer[];
  send: (message: ClientMessage) => boolean;
  tell: (voice: VoiceState) => void;
  /** The interviewer's voice, to be played. */
  hear: (stream: MediaStream) => void;
  /** The candidate agreed that their picture is recorded: there is room for one. */
  pictures: boolean;
};

const GATHER_MS = 2000;
const CONNECT_MS = 8000;
const RECOVER_MS = 2000;
const MOST_TRIES = 3;
const REPORT_MS = 1000;

export class Voice {
  #peer: RTCPeerConnection | null = null;
  #offerId: string | null = null;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #reports: ReturnType<typeof setInterval> | undefined;
  #tries = 0;
  readonly #camera = new CameraSender();

  constructor(private readonly parts: VoiceParts) {}

  /** Offer a new connection; an older one is closed. */
  async offer(): Promise<void> {
    this.#close();
    this.parts.tell("connecting");
    const iceServers = this.parts.relays;
    const peer = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
    this.#peer = peer;
    for (const track of this.parts.microphone.getAudioTracks())
      peer.addTrack(track, this.parts.microphone);
    if (this.parts.pictures) this.#camera.attach(peer);
    peer.ontrack = ({ streams, track }) => this.parts.hear(streams[0] ?? new MediaStream([track]));
    peer.onconnectionstatechange = () => this.#changed(peer);
    await peer.setLocalDescription();
    await gathered(peer);
    if (peer !== this.#peer) return;
    this.#offerId = crypto.randomUUID();
    const sdp = peer.localDescription?.sdp ?? "";
    this.parts.send({ kind: "offer", id: this.#offerId, sdp });
    this.#watch = setTimeout(() => this.#failed(), CONNECT_MS);
  }

  /** Take the gateway's answer, if it is the one to the newest offer. */
  async answer(id: string, sdp: string): Promise<void> {
    if (id !== this.#offerId || this.#peer?.signalingState !== "have-local-offer") return;
    const peer = this.#peer;
    await peer.setRemoteDescription({ type: "answer", sdp });
    const [voice] = peer.getSenders();
    if (voice) await putFirst(voice);
    if (peer === this.#peer) this.#camera.opened();
  }

  /** Another microphone, without a new connection. */
  async replace(microphone: MediaStream): Promise<void> {
    const [track] = microphone.getAudioTracks();
    const sender = this.#peer?.getSenders()[0];
    if (track && sender) await sender.replaceTrack(track);
  }

  /** Send this picture beside the voice from now on; null: none. */
  show(track: MediaStreamTrack | null): void {
    this.#camera.show(track);
  }

  /** Keep within these limits. */
  obey(limits: SenderLimits): void {
    this.#camera.obey(limits);
  }

  stop(): void {
    this.#close();
    this.parts.tell("off");
  }

  #changed(peer: RTCPeerConnection): void {
    if (peer !== this.#peer) return;
    const state = peer.connectionState;
    if (state === "connected") {
      clearTimeout(this.#watch);
      this.#tries = 0;
      this.parts.tell("on");
      this.#report(peer);
    } else if (state === "failed") this.#failed();
    else if (state === "disconnected") {
      clearTimeout(this.#watch);
      this.#watch = setTimeout(() => this.#failed(), RECOVER_MS);
    }
  }

  #report(peer: RTCPeerConnection): void {
    const watch = new LineWatch();
    clearInterval(this.#reports);
    this.#reports = setInterval(async () => {
      const report = watch.report((await peer.getStats()).values());
      if (report && peer === this.#peer) this.parts.send(report);
    }, REPORT_MS);
  }

  #failed(): void {
    this.#tries += 1;
    if (this.#tries < MOST_TRIES) return void this.offer();
    this.#close();
    this.#tries = 0;
    this.parts.tell("failed");
  }

  #close(): void {
    clearTimeout(this.#watch);
    clearInterval(this.#reports);
    const peer = this.#peer;
    this.#peer = null;
    this.#offerId = null;
    if (!peer) return;
    peer.ontrack = peer.onconnectionstatechange = null;
    peer.close();
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
