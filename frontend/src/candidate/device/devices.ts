/** Opens microphone and camera, and keeps the microphone from the check to the room. */
import { recall, remember } from "../memory";
import { type Device, type Failure, failureOf } from "./failure";

export type Opened = { stream: MediaStream; failure: null } | { stream: null; failure: Failure };

const MICROPHONE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

const PICTURE: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { max: 30 },
};

export async function openDevice(device: Device, deviceId?: string): Promise<Opened> {
  const chosen = deviceId ? { deviceId: { exact: deviceId } } : {};
  const wanted: MediaStreamConstraints =
    device === "microphone"
      ? { audio: { ...MICROPHONE, ...chosen } }
      : { video: { ...PICTURE, ...chosen } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(wanted);
    return { stream, failure: null };
  } catch (error) {
    return { stream: null, failure: failureOf(error, isSecureContext) };
  }
}

export const close = (stream: MediaStream | null): void =>
  stream?.getTracks().forEach((track) => {
    track.stop();
  });

/** What the check hands to the room; lives as long as the page. */
export const kept: { microphone: MediaStream | null; camera: MediaStream | null } = {
  microphone: null,
  camera: null,
};

const TYPING = "interloop:typing";

/** Whoever chose to type is not asked for a microphone again, also after a reload. */
export const wantsToType = (): boolean => recall(TYPING) === "yes";
export const setWantsToType = (yes: boolean): void => remember(TYPING, yes ? "yes" : "");

/** Close everything: nobody listens outside the check and the room. */
export function closeAll(): void {
  close(kept.microphone);
  close(kept.camera);
  kept.microphone = kept.camera = null;
}
