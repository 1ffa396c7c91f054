/** Reads the level of a stream on each frame of the screen. */
import { useEffect, useState } from "react";
import { decibels, loudness, smoothed } from "./level";

const STEP = 1 / 32;

/** Call `read` with 0..1 about sixty times a second. Returns how to stop. */
export function watchLevel(stream: MediaStream, read: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  // A context made before the first press sleeps; it wakes by itself with the next one.
  const wake = () => void context.resume();
  addEventListener("pointerdown", wake);
  addEventListener("keydown", wake);
  const samples = new Float32Array(analyser.fftSize);
  let level = 0;
  let frame = 0;
  const tick = () => {
    analyser.getFloatTimeDomainData(samples);
    level = smoothed(level, loudness(decibels(samples)));
    read(level);
    frame = requestAnimationFrame(tick);
  };
  frame = requestAnimationFrame(tick);
  return () => {
    cancelAnimationFrame(frame);
    removeEventListener("pointerdown", wake);
    removeEventListener("keydown", wake);
    source.disconnect();
    void context.close();
  };
}

/** The level in steps of a bar, so that a still microphone draws nothing anew. */
export function useLevel(stream: MediaStream | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!stream) return setLevel(0);
    return watchLevel(stream, (now) => setLevel(Math.round(now / STEP) * STEP));
  }, [stream]);
  return level;
}
