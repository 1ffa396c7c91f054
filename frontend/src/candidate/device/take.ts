/** A short recording that stays in this browser: taken, drawn and played from memory. */

export type Take = { sound: AudioBuffer; peaks: number[] };

const LONGEST_MS = 10_000;
export const PEAKS = 40;

/** Start recording; `stop` ends it early. Rejects when the browser cannot record. */
export function record(stream: MediaStream): { taken: Promise<Take>; stop: () => void } {
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  const timer = setTimeout(() => stop(), LONGEST_MS);
  const stop = () => {
    clearTimeout(timer);
    if (recorder.state !== "inactive") recorder.stop();
  };
  const taken = new Promise<Take>((resolve, reject) => {
    recorder.ondataavailable = (event) => pieces.push(event.data);
    recorder.onerror = () => reject(new Error("the browser stopped recording"));
    recorder.onstop = () => void decoded(new Blob(pieces)).then(resolve, reject);
  });
  recorder.start();
  return { taken, stop };
}

async function decoded(blob: Blob): Promise<Take> {
  const context = new AudioContext();
  try {
    const sound = await context.decodeAudioData(await blob.arrayBuffer());
    return { sound, peaks: peaksOf(sound.getChannelData(0), PEAKS) };
  } finally {
    void context.close();
  }
}

/** The loudest sample of each of `count` equal parts, 0 to 1. */
export function peaksOf(samples: ArrayLike<number>, count: number): number[] {
  const size = samples.length / count;
  return Array.from({ length: count }, (_, part) => {
    let peak = 0;
    for (let at = Math.floor(part * size); at < Math.floor((part + 1) * size); at += 1)
      peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    return peak;
  });
}

/** Play it; `ended` is called when it is over. Returns how to stop. */
export function play(take: Take, ended: () => void): () => void {
  const context = new AudioContext();
  const source = context.createBufferSource();
  source.buffer = take.sound;
  source.connect(context.destination);
  source.onended = () => {
    void context.close();
    ended();
  };
  source.start();
  return () => source.stop();
}
