/** One turn of the transcript; one's own can be corrected or confirmed. */
import { useState } from "react";
import { cx } from "@/lib/cx";
import { Button, TextArea } from "@/ui";
import { changeTurn, type TranscriptTurn } from "../api";
import { Note, StateChip } from "../layout";

type Props = {
  turn: TranscriptTurn;
  mayCorrect: boolean;
  onChange: (turn: TranscriptTurn) => void;
};

export function TurnLine({ turn, mayCorrect, onChange }: Props) {
  const [editing, setEditing] = useState(false);
  const mine = turn.speaker === "candidate";
  const open = mine && !turn.reliable && !turn.confirmed;
  return (
    <li className="grid gap-2 border-t border-line px-4 py-3.5 first:border-t-0 sm:px-5 sm:py-4">
      <div className="flex items-start justify-between gap-4">
        <p className={cx("text-14 font-strong", mine ? "text-accent" : "text-ink-2")}>
          {mine ? "You" : "AI interviewer"}
          {mine && turn.source === "typed" && (
            <span className="font-regular text-ink-2">, typed</span>
          )}
        </p>
        {mine && mayCorrect && !editing && (
          <Button
            variant="quiet"
            size="touch"
            className="-my-3 -mr-3.5"
            aria-label={`Change your answer ${turn.seq}`}
            onClick={() => setEditing(true)}
          >
            Change
          </Button>
        )}
      </div>
      {editing ? (
        <Correction
          turn={turn}
          onCancel={() => setEditing(false)}
          onSaved={(next) => {
            setEditing(false);
            onChange(next);
          }}
        />
      ) : (
        <>
          <p className="wrap-anywhere whitespace-pre-wrap">
            {turn.text || "(no words were heard)"}
          </p>
          <TurnState turn={turn} open={open} mayCorrect={mayCorrect} onChange={onChange} />
        </>
      )}
    </li>
  );
}

function TurnState({ turn, open, mayCorrect, onChange }: Props & { open: boolean }) {
  const [failed, setFailed] = useState(false);
  if (turn.speaker === "candidate" && turn.confirmed)
    return (
      <p>
        <StateChip tone="good">
          {turn.version > 1 ? "Corrected by you" : "Confirmed by you"}
        </StateChip>
      </p>
    );
  if (!open) return null;
  const confirm = () =>
    changeTurn(turn.id, { confirm: true }).then(onChange, () => setFailed(true));
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <StateChip tone="attention">
        {mayCorrect ? "Not reliable: please confirm or correct" : "Not confirmed"}
      </StateChip>
      {mayCorrect && (
        <Button size="touch" onClick={confirm}>
          This is right<span className="sr-only">, answer {turn.seq}</span>
        </Button>
      )}
      {failed && (
        <p role="alert" className="text-14 text-trouble">
          That did not reach us. Please try again.
        </p>
      )}
    </div>
  );
}

type CorrectionProps = {
  turn: TranscriptTurn;
  onCancel: () => void;
  onSaved: (turn: TranscriptTurn) => void;
};

function Correction({ turn, onCancel, onSaved }: CorrectionProps) {
  const [text, setText] = useState(turn.text);
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const save = async () => {
    if (!text.trim()) return;
    setState("busy");
    await changeTurn(turn.id, { text: text.trim() }).then(onSaved, () => setState("failed"));
  };
  const id = `correction-${turn.seq}`;
  return (
    <div className="grid gap-2.5">
      <label htmlFor={id} className="sr-only">
        Your correction of answer {turn.seq}
      </label>
      <TextArea
        id={id}
        autoFocus
        rows={4}
        maxLength={20_000}
        className="rounded-m px-3 py-2.5 text-17/6.5"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {turn.source === "voice" && <p className="text-14 text-ink-2">Heard as: “{turn.text}”</p>}
      {state === "failed" && (
        <Note tone="trouble" live>
          <p>Your correction did not reach us. It stands here; please save it again.</p>
        </Note>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          size="touch"
          onClick={save}
          aria-disabled={state === "busy" || !text.trim() || undefined}
        >
          Save the correction
        </Button>
        <Button variant="quiet" size="touch" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
