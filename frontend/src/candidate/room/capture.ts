/** The microphone as Opus packets: 48 kHz mono, 20 ms each, made on this device. */
import { Anchor } from "./anchor";
import { deviceMs } from "./device-clock";
import tap from "./tap.worklet.ts?worker&url";

export type Packet = {
  /** When its first sample was heard: microseconds on the clock of `deviceMs`. */
  timestamp_us: number;
  opus: Uint8Array;
};

const RATE = 48_000;
export const PACKET_MS = 20;
const OPUS: AudioEncoderConfig = {
  codec: "opus",
  sampleRate: RATE,
  numberOfChannels: 1,
  bitrate: 24_000,
};
/** So many frames may wait for a busy encoder before sound is given up. */
const MOST_WAITING = 100;

/** True where this browser can make packets of sound. */
export async function canCapture(): Promise<boolean> {
  if (!("AudioEncoder" in window && "AudioWorkletNode" in window)) return false;
  const { supported } = await AudioEncoder.isConfigSupported(OPUS);
  return supported === true;
}

/**
 * Hand every packet of this microphone to `take`, in order, until stopped.
 *
 * Resolves with how to stop; rejects where `canCapture` is false. A muted track gives silence.
 */
export async function capture(
  microphone: MediaStream,
  take: (packet: Packet) => void,
): Promise<() => void> {
  const context = new AudioContext({ sampleRate: RATE, latencyHint: "interactive" });
  const encoder = packetsOf(take);
  const stop = () => {
    if (encoder.state !== "closed") encoder.close();
    if (context.state !== "closed") void context.close();
  };
  try {
    encoder.configure(OPUS);
    await context.audioWorklet.addModule(tap);
    const mono = { channelCount: 1, channelCountMode: "explicit", numberOfOutputs: 0 } as const;
    const node = new AudioWorkletNode(context, "interloop-tap", mono);
    node.port.onmessage = ({ data }: MessageEvent<Frame>) => encode(encoder, data);
    context.createMediaStreamSource(microphone).connect(node);
    await context.resume();
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}

type Frame = { first: number; samples: Float32Array<ArrayBuffer> };

function packetsOf(take: (packet: Packet) => void): AudioEncoder {
  const anchor = new Anchor();
  return new AudioEncoder({
    output: (chunk) => {
      const opus = new Uint8Array(chunk.byteLength);
      chunk.copyTo(opus);
      // A packet can come at the end of its 20 ms at the earliest.
      const began = (deviceMs() - PACKET_MS) * 1000;
      take({ timestamp_us: anchor.place(chunk.timestamp, began), opus });
    },
    error: () => {},
  });
}

function encode(encoder: AudioEncoder, { first, samples }: Frame): void {
  if (encoder.state !== "configured" || encoder.encodeQueueSize > MOST_WAITING) return;
  const data = new AudioData({
    format: "f32",
    sampleRate: RATE,
    numberOfFrames: samples.length,
    numberOfChannels: 1,
    timestamp: Math.round((first * 1_000_000) / RATE),
    data: samples,
  });
  encoder.encode(data);
  data.close();
}
