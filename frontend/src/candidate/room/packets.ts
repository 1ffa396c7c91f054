/** One stream of packets a microphone, however many listen: encoding twice would cost twice. */
import { capture, type Packet } from "./capture";

export type Take = (packet: Packet) => void;

type Shared = { takers: Set<Take>; stop: Promise<() => void> };

const shared = new WeakMap<MediaStream, Shared>();

/** Hand every packet of this microphone to `take`. Returns how to stop. */
export function listenTo(microphone: MediaStream, take: Take): () => void {
  const found = shared.get(microphone) ?? begin(microphone);
  found.takers.add(take);
  return () => {
    if (!found.takers.delete(take) || found.takers.size > 0) return;
    shared.delete(microphone);
    void found.stop.then((stop) => stop());
  };
}

function begin(microphone: MediaStream): Shared {
  const takers = new Set<Take>();
  const stop = capture(microphone, (packet) => {
    for (const take of takers) take(packet);
  }).catch(() => () => {});
  const made = { takers, stop };
  shared.set(microphone, made);
  return made;
}
