/** Beside the talk: one's own picture and the plain facts of the moment. */
import { useEffect, useState } from "react";
import { cx } from "@/lib/cx";
import { Button, initials } from "@/ui";
import { Picture } from "../device/camera";
import { litBars } from "../device/level";
import { useLevel } from "../device/meter";
import type { Held } from "../device/use-device";
import { pictureState, pictureWords } from "./picture";
import type { View } from "./state";
import { minutesLeft } from "./time-left";

type Props = {
  name: string;
  microphone: Held;
  camera: Held;
  /** This device keeps the picture at this moment. */
  keepsPicture: boolean;
  view: View;
};

export function Side({ name, microphone, camera, keepsPicture, view }: Props) {
  return (
    <aside
      aria-label="You and your devices"
      className="grid gap-4 border-t border-line pt-4 max-md:grid-cols-[112px_1fr] max-md:items-start md:border-0 md:pt-0"
    >
      <Self name={name} stream={camera.stream} />
      <dl className="grid text-14 text-ink-2">
        <Fact name="Microphone">
          <MicrophoneFact microphone={microphone} view={view} />
        </Fact>
        <Fact name="Camera">
          <Toggle
            on={!!camera.stream}
            label="the camera"
            onChange={() => (camera.stream ? camera.shut() : void camera.open())}
          />
        </Fact>
        <Fact name="Recording">{recording(view)}</Fact>
        <TimeLeft view={view} />
      </dl>
      <PictureWords view={view} kept={keepsPicture} />
      {camera.failure && (
        <p role="status" className="text-14 text-ink-2 max-md:col-span-2">
          The camera did not open. You do not need it.
        </p>
      )}
    </aside>
  );
}

function PictureWords({ view, kept }: { view: View; kept: boolean }) {
  const words = pictureWords(view, kept);
  if (!words) return null;
  return (
    <p role="status" className="text-14 text-ink-2 max-md:col-span-2">
      {words}
    </p>
  );
}

function Self({ name, stream }: { name: string; stream: MediaStream | null }) {
  if (stream) return <Picture stream={stream} />;
  return (
    <div className="relative grid aspect-16/10 place-items-center rounded-m border border-line-strong bg-surface">
      <span
        aria-hidden="true"
        className="grid size-8 place-items-center rounded-full bg-sunken text-14 font-strong text-ink-2 sm:size-12"
      >
        {initials(name)}
      </span>
      <span className="absolute bottom-2 left-2.5 text-14 font-strong text-ink-2 max-sm:hidden">
        You
      </span>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-2 border-line md:not-first:border-t">
      <dt>{name}</dt>
      <dd className="text-right font-strong text-ink">{children}</dd>
    </div>
  );
}

function recording(view: View): string {
  const phase = view.room?.phase;
  if (!phase || phase === "connecting" || phase === "waiting") return "Not yet";
  if (phase === "paused") return "Paused";
  if (view.line === "lost") return "Interrupted";
  if (view.voice !== "on") return "Text";
  return pictureState(view) === "recorded" ? "Voice, picture, text" : "Voice and text";
}

function Toggle(props: { on: boolean; label: string; onChange: () => void }) {
  return (
    <span className="inline-flex items-center gap-1">
      {props.on ? "On" : "Off"}
      <Button
        variant="quiet"
        size="s"
        className="-mr-2.5 h-9 text-14 text-accent!"
        onClick={props.onChange}
      >
        {props.on ? "Turn off" : "Turn on"} <span className="sr-only">{props.label}</span>
      </Button>
    </span>
  );
}

function MicrophoneFact({ microphone, view }: { microphone: Held; view: View }) {
  const { stream } = microphone;
  const muted = view.room?.phase === "paused" || view.room?.phase === "waiting";
  if (!stream)
    return <Toggle on={false} label="the microphone" onChange={() => void microphone.open()} />;
  if (muted) return "Silent";
  if (view.voice === "failed") return "No line";
  return (
    <span className="inline-flex items-center gap-1.5">
      <Bars stream={stream} />
      On
    </span>
  );
}

const HEIGHTS = [5, 9, 12, 7] as const;

function Bars({ stream }: { stream: MediaStream }) {
  const lit = litBars(useLevel(stream), HEIGHTS.length);
  return (
    <span aria-hidden="true" className="inline-flex h-3 items-end gap-0.5">
      {HEIGHTS.map((height, at) => (
        <i
          key={height}
          style={{ height }}
          className={cx("w-0.75 rounded-xs", at < lit ? "bg-good" : "bg-line-strong")}
        />
      ))}
    </span>
  );
}

/** Only for who wants to know. */
function TimeLeft({ view }: { view: View }) {
  const [shown, setShown] = useState(false);
  const [now, setNow] = useState(() => Date.now());
  const [since, setSince] = useState(now);
  const seq = view.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new state carries a new clock
  useEffect(() => {
    setSince(Date.now());
    setNow(Date.now());
  }, [seq]);
  useEffect(() => {
    if (!shown) return;
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, [shown]);
  return (
    <Fact name="Time left">
      <span className="num inline-flex items-center gap-1">
        {shown && view.room && minutesLeft(view.room, now - since)}
        <Button
          variant="quiet"
          size="s"
          className="-mr-2.5 h-9 text-14 text-accent!"
          aria-label={shown ? "Hide the time left" : "Show the time left"}
          onClick={() => setShown(!shown)}
        >
          {shown ? "Hide" : "Show"}
        </Button>
      </span>
    </Fact>
  );
}
