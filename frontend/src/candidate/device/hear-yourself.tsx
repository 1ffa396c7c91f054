/** Read a sentence, hear it: the only true test of a microphone. */
import { useEffect, useRef, useState } from "react";
import { Button, Icon } from "@/ui";
import { Note, Section, StateChip } from "../layout";
import { play, record, type Take } from "./take";

const SENTENCE = "The train to Porto leaves at nine, and the blue bag is packed.";

type Step = "idle" | "recording" | "taken" | "playing" | "failed";
type Verdict = "clear" | "unclear" | null;

export function HearYourself({ stream }: { stream: MediaStream }) {
  const { step, take, start, stop, listen, heard } = useTake(stream);
  const [verdict, setVerdict] = useState<Verdict>(null);
  const again = () => {
    setVerdict(null);
    start();
  };
  return (
    <Section
      title="Hear yourself"
      beside={<Word verdict={verdict} recording={step === "recording"} />}
    >
      <p>Read this sentence aloud, then listen to it. You can also leave this out.</p>
      <p className="w-full rounded-r-m border-l-3 border-accent bg-surface px-5 py-4 text-20 sm:px-6 sm:py-5">
        {SENTENCE}
      </p>
      {step === "failed" && (
        <Note tone="attention" live>
          <p>
            This browser could not record the test. The interview can still work: go in and try.
          </p>
        </Note>
      )}
      {take && step !== "recording" ? (
        <>
          <TakeRow take={take} playing={step === "playing"} onPlay={listen} />
          <Button variant="quiet" size="touch" className="-ml-3.5" onClick={again}>
            Record again
          </Button>
        </>
      ) : (
        <Button size="l" onClick={step === "recording" ? stop : again}>
          <Icon name={step === "recording" ? "check" : "mic"} size={20} />
          {step === "recording" ? "Stop recording" : "Record the sentence"}
        </Button>
      )}
      {heard && step !== "recording" && <Clear verdict={verdict} onVerdict={setVerdict} />}
    </Section>
  );
}

function useTake(stream: MediaStream) {
  const [step, setStep] = useState<Step>("idle");
  const [take, setTake] = useState<Take | null>(null);
  const [heard, setHeard] = useState(false);
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  const start = () => {
    setHeard(false);
    setStep("recording");
    const recording = record(stream);
    stop.current = recording.stop;
    recording.taken.then(
      (taken) => {
        setTake(taken);
        setStep("taken");
      },
      () => setStep("failed"),
    );
  };
  const listen = () => {
    if (!take || step === "playing") return;
    setStep("playing");
    stop.current = play(take, () => {
      setHeard(true);
      setStep("taken");
    });
  };
  return { step, take, heard, start, stop: () => stop.current(), listen };
}

function Word({ verdict, recording }: { verdict: Verdict; recording: boolean }) {
  if (recording)
    return (
      <StateChip tone="info" live>
        Recording
      </StateChip>
    );
  if (verdict === "clear")
    return (
      <StateChip tone="good" live>
        Works
      </StateChip>
    );
  return (
    <StateChip tone={verdict ? "attention" : "info"} live>
      {verdict ? "Not clear yet" : "Waits for you"}
    </StateChip>
  );
}

type TakeRowProps = { take: Take; playing: boolean; onPlay: () => void };

function TakeRow({ take, playing, onPlay }: TakeRowProps) {
  const seconds = Math.max(1, Math.round(take.sound.duration));
  const path = take.peaks
    .map((peak, at) => {
      const half = 1 + 14 * peak;
      return `M${8 * at + 4} ${16 - half}v${2 * half}`;
    })
    .join("");
  return (
    <div className="panel flex w-full items-center gap-4 py-2.5 pr-5 pl-2.5">
      <Button size="touch" onClick={onPlay} aria-disabled={playing}>
        <Icon name="play" />
        {playing ? "Playing" : "Play"}
      </Button>
      <svg
        viewBox={`0 0 ${8 * take.peaks.length} 32`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Your test recording, ${seconds} seconds`}
        className="h-8 min-w-0 flex-1 fill-none stroke-current stroke-2 text-ink-2"
      >
        <path vectorEffect="non-scaling-stroke" strokeLinecap="round" d={path} />
      </svg>
      <span className="num text-14 text-ink-2">{seconds} s</span>
    </div>
  );
}

type ClearProps = { verdict: Verdict; onVerdict: (verdict: Verdict) => void };

function Clear({ verdict, onVerdict }: ClearProps) {
  return (
    <>
      <h3 id="clear" className="font-strong">
        Was it clear?
      </h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend inside the row */}
      <div role="group" aria-labelledby="clear" className="flex flex-wrap gap-3">
        <Button size="touch" aria-pressed={verdict === "clear"} onClick={() => onVerdict("clear")}>
          Yes, it was clear
        </Button>
        <Button
          size="touch"
          aria-pressed={verdict === "unclear"}
          onClick={() => onVerdict("unclear")}
        >
          No, something was wrong
        </Button>
      </div>
      {verdict === "unclear" && (
        <Note live>
          <p>
            Come closer to the microphone, choose another one above, or use a headset, and record
            again. You can also type every answer: it counts the same.
          </p>
        </Note>
      )}
    </>
  );
}
