/** The microphone: a word, a meter, a choice, or the way out of what keeps it closed. */
import { useEffect, useState } from "react";
import { cx } from "@/lib/cx";
import { Section, StateChip } from "../layout";
import { Fixes } from "./fixes";
import { levelWord, litBars } from "./level";
import { useLevel } from "./meter";
import type { Held } from "./use-device";

export function Microphone({ microphone }: { microphone: Held }) {
  const { stream, failure, opening, open } = microphone;
  return (
    <Section title="Microphone" beside={<MicrophoneChip microphone={microphone} />}>
      {stream ? (
        <Meter stream={stream} />
      ) : failure ? (
        <Fixes device="microphone" failure={failure} onRetry={() => void open()} />
      ) : (
        <p>Your browser asks whether this page may use the microphone. Choose Allow.</p>
      )}
      {stream && <Which stream={stream} onChoose={(id) => void open(id)} busy={opening} />}
    </Section>
  );
}

function MicrophoneChip({ microphone: { stream, failure } }: { microphone: Held }) {
  if (stream)
    return (
      <StateChip tone="good" live>
        On
      </StateChip>
    );
  if (failure)
    return (
      <StateChip tone="trouble" live>
        {failure === "blocked" ? "Blocked" : "Not working"}
      </StateChip>
    );
  return (
    <StateChip tone="info" live>
      Waits for you
    </StateChip>
  );
}

const BARS = 32;
const SAID = {
  "Nothing yet": "Say a few words.",
  Quiet: "A little closer, please.",
  Good: "We hear you well.",
  Loud: "Loud: a little farther away, please.",
} as const;

function Meter({ stream }: { stream: MediaStream }) {
  const level = useLevel(stream);
  const word = levelWord(level);
  const best = useBest(level);
  const lit = litBars(level, BARS);
  return (
    <>
      <p>{word === "Nothing yet" && best > 0.3 ? "We heard you." : SAID[word]}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a meter element cannot hold bars */}
      <div
        role="meter"
        aria-label="Microphone level"
        aria-valuemin={0}
        aria-valuemax={BARS}
        aria-valuenow={lit}
        aria-valuetext={word}
        className="grid h-8 w-full grid-cols-[repeat(32,1fr)] gap-0.5 sm:gap-0.75"
      >
        {Array.from({ length: BARS }, (_, bar) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change places
            key={bar}
            className={cx("rounded-xs", bar < lit ? "bg-good" : "bg-line-strong")}
          />
        ))}
      </div>
      <div aria-hidden="true" className="-mt-2 flex w-full justify-between text-14 text-ink-2">
        <span>Quiet</span>
        <span>Good</span>
        <span>Loud</span>
      </div>
    </>
  );
}

/** The loudest so far: whoever stopped speaking is not asked to speak again. */
function useBest(level: number): number {
  const [best, setBest] = useState(0);
  useEffect(() => setBest((before) => Math.max(before, level)), [level]);
  return best;
}

type WhichProps = { stream: MediaStream; onChoose: (deviceId: string) => void; busy: boolean };

function Which({ stream, onChoose, busy }: WhichProps) {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const list = async () => {
      const all = await navigator.mediaDevices.enumerateDevices();
      setDevices(all.filter((one) => one.kind === "audioinput" && one.deviceId));
    };
    void list();
    navigator.mediaDevices.addEventListener("devicechange", list);
    return () => navigator.mediaDevices.removeEventListener("devicechange", list);
  }, []);
  const used = stream.getAudioTracks()[0]?.getSettings().deviceId ?? "";
  if (devices.length < 2) return null;
  return (
    <div className="grid w-full gap-1.5">
      <label htmlFor="microphone" className="text-14 font-strong">
        Microphone in use
      </label>
      <select
        id="microphone"
        className="control min-h-12 rounded-m px-3 text-17"
        value={used}
        disabled={busy}
        onChange={(event) => onChoose(event.target.value)}
      >
        {devices.map((one, index) => (
          <option key={one.deviceId} value={one.deviceId}>
            {one.label || `Microphone ${index + 1}`}
          </option>
        ))}
      </select>
    </div>
  );
}
