/** One media element as state: where it stands, whether it plays, and how to move it. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

/** What is played: a whole file, or a stream that still grows and begins anew at each place. */
export type Source = { url: string; live: boolean };

export type Player = {
  /** Hand the element over; it may be another one later (sound, then picture). */
  attach: (element: HTMLMediaElement | null) => void;
  src: string | undefined;
  live: boolean;
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

export function usePlayer(source: Source | null, startMs = 0): Player {
  const [element, attach] = useState<HTMLMediaElement | null>(null);
  const [from, setFrom] = useState(startMs);
  const [ms, setMs] = useState(startMs);
  const [rate, setRate] = useState(1);
  const live = source?.live ?? false;
  const src = source ? (live ? `${source.url}?from_ms=${from}` : source.url) : undefined;
  const zero = live ? from : 0;
  const wanted = useRef(false);
  const here = useRef(startMs);
  here.current = ms;
  const { playing, failed, play } = useEvents(element, src, zero, here, setMs);

  // A growing stream cannot be wound: another place is another stream, which plays on if wanted.
  useEffect(() => {
    if (!src || !wanted.current) return;
    wanted.current = false;
    play();
  }, [src, play]);

  const seek = useCallback(
    (to: number, andPlay = false) => {
      const place = Math.max(0, Math.round(to));
      setMs(place);
      if (live) {
        wanted.current = andPlay || (element !== null && !element.paused);
        setFrom(place);
        if (place === from && wanted.current) play();
        return;
      }
      if (element) element.currentTime = place / 1000;
      if (andPlay) play();
    },
    [element, live, from, play],
  );
  const toggle = useCallback(() => {
    if (element && !element.paused) element.pause();
    else play();
  }, [element, play]);
  const skip = useCallback((by: number) => seek(here.current + by), [seek]);
  const nextRate = useCallback(() => {
    setRate((now) => RATES[(RATES.indexOf(now) + 1) % RATES.length] ?? 1);
  }, []);
  useEffect(() => {
    if (element) element.playbackRate = rate;
  }, [element, rate]);

  return useMemo(
    () => ({ attach, src, live, ms, playing, rate, failed, toggle, seek, skip, nextRate }),
    [src, live, ms, playing, rate, failed, toggle, seek, skip, nextRate],
  );
}

/** Follow an element; `zero` is the interview clock at its time 0. */
function useEvents(
  element: HTMLMediaElement | null,
  src: string | undefined,
  zero: number,
  here: { readonly current: number },
  setMs: (ms: number) => void,
) {
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source, another try
  useEffect(() => setFailed(false), [src]);

  useEffect(() => {
    if (!element) return;
    const tell = () => setMs(zero + Math.round(element.currentTime * 1000));
    const rest = () => setPlaying(false);
    const ready = () => {
      setFailed(false);
      const wanted = here.current - zero;
      if (wanted > 0 && element.currentTime === 0) element.currentTime = wanted / 1000;
    };
    const events = {
      play: () => setPlaying(true),
      pause: rest,
      ended: rest,
      emptied: rest,
      seeked: tell,
      error: () => setFailed(true),
      loadedmetadata: ready,
    };
    for (const [name, act] of Object.entries(events)) element.addEventListener(name, act);
    // `timeupdate` comes four times a second at best: too slow to follow words.
    const timer = setInterval(() => !element.paused && element.currentTime > 0 && tell(), FRAME_MS);
    return () => {
      clearInterval(timer);
      for (const [name, act] of Object.entries(events)) element.removeEventListener(name, act);
    };
  }, [element, zero, here, setMs]);

  const play = useCallback(() => {
    // What is interrupted by another source is no failure.
    element?.play().catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === "AbortError")) setFailed(true);
    });
  }, [element]);
  return { playing, failed, play };
}
