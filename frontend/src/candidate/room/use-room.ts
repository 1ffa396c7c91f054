/** Holds one visit to the room for as long as the page shows it. */
import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { whereToJoin } from "../api";
import { RoomSession } from "./session";
import type { View } from "./state";

export type RoomVisit = {
  session: RoomSession;
  view: View;
  audio: RefObject<HTMLAudioElement | null>;
  /** The browser waits for a press before it plays anything. */
  silenced: boolean;
  unsilence: () => void;
};

type Devices = { microphone: MediaStream | null; camera: MediaStream | null };

/** `pictures`: the candidate agreed that their picture is recorded. */
export function useRoom({ microphone, camera }: Devices, pictures: boolean): RoomVisit {
  const audio = useRef<HTMLAudioElement>(null);
  const [silenced, setSilenced] = useState(false);
  const [session, setSession] = useState(() => visit(audio, setSilenced, pictures));
  const view = useSyncExternalStore(session.watch, session.view);
  useEffect(() => {
    session.start();
    return () => {
      session.stop();
      // A stopped visit does not start again: React mounts twice in development.
      setSession(visit(audio, setSilenced, pictures));
    };
  }, [session, pictures]);
  useEffect(() => session.speakWith(microphone), [session, microphone]);
  useEffect(() => session.show(camera), [session, camera]);
  const unsilence = () => void play(audio.current, setSilenced);
  return { session, view, audio, silenced, unsilence };
}

type Audio = RefObject<HTMLAudioElement | null>;

function visit(audio: Audio, silenced: (is: boolean) => void, pictures: boolean): RoomSession {
  return new RoomSession({
    join: whereToJoin,
    pictures,
    hear: (stream) => {
      if (!audio.current) return;
      audio.current.srcObject = stream;
      void play(audio.current, silenced);
    },
  });
}

async function play(audio: HTMLAudioElement | null, silenced: (is: boolean) => void) {
  try {
    await audio?.play();
    silenced(false);
  } catch (error) {
    silenced(error instanceof DOMException && error.name === "NotAllowedError");
  }
}
