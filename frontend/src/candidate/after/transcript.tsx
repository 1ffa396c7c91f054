/** One's own transcript: read it, correct it, or say that it is right. */
import { useCallback, useEffect, useState } from "react";
import { Button, Skeleton } from "@/ui";
import { changeTurn, getTranscript, type Transcript, type TranscriptTurn } from "../api";
import { Note, Section } from "../layout";
import { openTurns } from "./open-turns";
import { TurnLine } from "./turn-line";

type Loaded = Transcript | "loading" | "failed";

export function TranscriptPart() {
  const [loaded, setLoaded] = useState<Loaded>("loading");
  const load = useCallback(() => {
    setLoaded("loading");
    getTranscript().then(setLoaded, () => setLoaded("failed"));
  }, []);
  useEffect(load, [load]);
  return (
    <Section title="Your transcript">
      {loaded === "loading" ? (
        <div role="status" aria-label="Opening your transcript" className="grid w-full gap-3">
          <Skeleton className="h-16 w-full" />
          <Skeleton className="h-16 w-full" />
        </div>
      ) : loaded === "failed" ? (
        <Note tone="trouble" live>
          <p>Your transcript did not open. Nothing is lost.</p>
          <Button size="touch" onClick={load}>
            Try again
          </Button>
        </Note>
      ) : (
        <Turns transcript={loaded} onChange={setLoaded} />
      )}
    </Section>
  );
}

type TurnsProps = { transcript: Transcript; onChange: (next: Transcript) => void };

const FEW = 6;

function Turns({ transcript, onChange }: TurnsProps) {
  const { turns, may_correct: may } = transcript;
  const [all, setAll] = useState(turns.length <= FEW);
  const waiting = openTurns(turns);
  const shown = all ? turns : turns.filter((turn, at) => at < FEW || waiting.includes(turn));
  const put = (old: TranscriptTurn, next: TranscriptTurn) =>
    onChange({ ...transcript, turns: turns.map((turn) => (turn.id === old.id ? next : turn)) });
  if (turns.length === 0) return <p>Nothing was said or written in this interview.</p>;
  return (
    <>
      <p>
        A machine wrote down what you spoke, and machines mishear. Correct what is wrong; what was
        heard is kept beside your correction.
      </p>
      <Waits count={may ? waiting.length : 0} />
      <ol className="panel grid w-full">
        {shown.map((turn) => (
          <TurnLine
            key={turn.seq}
            turn={turn}
            mayCorrect={may}
            onChange={(next) => put(turn, next)}
          />
        ))}
      </ol>
      {may && waiting.length > 0 && (
        <ConfirmAll
          waiting={waiting}
          onDone={(next) =>
            onChange({
              ...transcript,
              turns: turns.map((turn) => next.find((one) => one.seq === turn.seq) ?? turn),
            })
          }
        />
      )}
      {!all && (
        <Button size="touch" onClick={() => setAll(true)}>
          Read all {turns.length} turns
        </Button>
      )}
    </>
  );
}

function Waits({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Note tone="attention">
      <p>
        <strong>
          {count === 1 ? "One answer was" : `${count} answers were`} not reliably transcribed:
          please confirm or correct.
        </strong>{" "}
        Until then {count === 1 ? "it is" : "they are"} not used when your interview is marked.
      </p>
    </Note>
  );
}

type ConfirmAllProps = { waiting: TranscriptTurn[]; onDone: (turns: TranscriptTurn[]) => void };

function ConfirmAll({ waiting, onDone }: ConfirmAllProps) {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const confirm = async () => {
    setState("busy");
    const done: TranscriptTurn[] = [];
    try {
      for (const turn of waiting) done.push(await changeTurn(turn.id, { confirm: true }));
      setState("idle");
    } catch {
      setState("failed");
    }
    onDone(done);
  };
  return (
    <>
      <Button variant="primary" size="l" onClick={confirm} aria-disabled={state === "busy"}>
        The transcript is right
      </Button>
      {state === "failed" && (
        <Note tone="trouble" live>
          <p>Not everything reached us. What is marked as confirmed is kept. Please try again.</p>
        </Note>
      )}
    </>
  );
}
