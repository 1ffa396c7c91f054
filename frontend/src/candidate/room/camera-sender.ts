/** Sends the camera's picture within the limits the gateway names; the voice goes first. */
import type { SenderLimits } from "./messages";

export class CameraSender {
  #sender: RTCRtpSender | null = null;
  #track: MediaStreamTrack | null = null;
  #limits: SenderLimits | null = null;
  #open = false;
  #work: Promise<void> = Promise.resolve();

  /** Make room for a picture in this connection; it may be shown later, without a new offer. */
  attach(peer: RTCPeerConnection): void {
    this.#sender = peer.addTransceiver("video", { direction: "sendonly" }).sender;
    this.#limits = null;
    this.#open = false;
  }

  /** The connection is agreed on: from here on a picture may go out. */
  opened(): void {
    this.#open = true;
    this.#apply();
  }

  /** Show this track from now on; null: none. */
  show(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    this.#track = track;
    this.#apply();
  }

  obey(limits: SenderLimits): void {
    this.#limits = limits;
    this.#apply();
  }

  /** One change after the other; a connection that is gone meanwhile needs none. */
  #apply(): void {
    this.#work = this.#work.then(() => this.#change()).catch(() => {});
  }

  async #change(): Promise<void> {
    const sender = this.#sender;
    const limits = this.#limits;
    if (!sender || !this.#open) return;
    // Nothing is sent before the gateway said that it may be.
    const track = limits?.active ? this.#track : null;
    if (sender.track !== track) await sender.replaceTrack(track);
    if (!track || !limits) return;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) {
      encoding.maxBitrate = limits.max_kbit * 1000;
      encoding.maxFramerate = limits.max_framerate;
      encoding.scaleResolutionDownBy = scaleFor(track.getSettings().height, limits.height);
      encoding.priority = "low";
    }
    await sender.setParameters(parameters);
  }
}

/** By how much a picture of `height` lines is made smaller; never larger. */
export const scaleFor = (height: number | undefined, most: number): number =>
  height && most ? Math.max(1, height / most) : 1;

/** The voice before everything else, in the page and on the way, where the browser can. */
export async function putFirst(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) {
    encoding.priority = "high";
    encoding.networkPriority = "high";
  }
  await sender.setParameters(parameters).catch(() => {});
}
