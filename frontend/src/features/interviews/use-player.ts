/** One audio element as state: where it stands, whether it plays, and how to move it. */
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";

export type Player = {
  audio: RefObject<HTMLAudioElement | null>;
  ms: number;
  playing: boolean;
  rate: number;
  failed: boolean;
  toggle: () => void;
  /** Go there; `play` also when it was at rest. */
  seek: (ms: number, play?: boolean) => void;
  skip: (ms: number) => void;
  nextRate: () => void;
};

const RATES = [1, 1.25, 1.5, 2, 0.75];
const FRAME_MS = 100;

export function usePlayer(startMs = 0): Player {
  const audio = useRef<HTMLAudioElement>(null);
  const [ms, setMs] = useState(startMs);
  const [playing, setPlaying] = useState(false);
  const [rate, setRate] = useState(1);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    const tell = () => setMs(Math.round(element.currentTime * 1000));
    const play = () => setPlaying(true);
    const rest = () => setPlaying(false);
    const fail = () => setFailed(true);
    const ready = () => {
      setFailed(false);
      if (startMs > 0 && element.currentTime === 0) element.currentTime = startMs / 1000;
    };
    const events = {
      play,
      pause: rest,
      ended: rest,
      seeked: tell,
      error: fail,
      loadedmetadata: ready,
    };
    for (const [name, act] of Object.entries(events)) element.addEventListener(name, act);
    // `timeupdate` comes four times a second at best: too slow to follow words.
    const timer = setInterval(() => !element.paused && tell(), FRAME_MS);
    return () => {
      clearInterval(timer);
      for (const [name, act] of Object.entries(events)) element.removeEventListener(name, act);
    };
  }, [startMs]);

  const seek = useCallback((to: number, play = false) => {
    setMs(Math.max(0, to));
    const element = audio.current;
    if (!element) return;
    element.currentTime = Math.max(0, to) / 1000;
    if (play) void element.play().catch(() => setFailed(true));
  }, []);
  const toggle = useCallback(() => {
    const element = audio.current;
    if (!element) return;
    if (element.paused) void element.play().catch(() => setFailed(true));
    else element.pause();
  }, []);
  const skip = useCallback((by: number) => {
    const element = audio.current;
    if (element) element.currentTime = Math.max(0, element.currentTime + by / 1000);
  }, []);
  const nextRate = useCallback(() => {
    setRate((now) => {
      const next = RATES[(RATES.indexOf(now) + 1) % RATES.length] ?? 1;
      if (audio.current) audio.current.playbackRate = next;
      return next;
    });
  }, []);

  return useMemo(
    () => ({ audio, ms, playing, rate, failed, toggle, seek, skip, nextRate }),
    [ms, playing, rate, failed, toggle, seek, skip, nextRate],
  );
}
