/** The words as they are said: larger, or away, as one likes. */
import { useState } from "react";
import { cx } from "@/lib/cx";
import { Button } from "@/ui";
import type { CaptionLine } from "./captions";
import type { View } from "./state";

/** As many as fit above the dock of a small laptop when the older ones are cut. */
const SHOWN = 3;

export function Captions({ view }: { view: View }) {
  const [large, setLarge] = useState(false);
  const [hidden, setHidden] = useState(false);
  const lines = view.captions.slice(-SHOWN);
  return (
    <section aria-label="Captions" className="border-t border-line pt-3">
      <div className="mb-1 flex items-center justify-between">
        <h2 className="text-14 font-strong text-ink-2">Captions</h2>
        <div className="-mr-3 flex">
          {!hidden && (
            <Button variant="quiet" size="touch" onClick={() => setLarge(!large)}>
              {large ? "Smaller" : "Larger"}
            </Button>
          )}
          <Button variant="quiet" size="touch" onClick={() => setHidden(!hidden)}>
            {hidden ? "Show" : "Hide"}
          </Button>
        </div>
      </div>
      {!hidden && (
        <ul className={cx("grid gap-3", large && "text-24")}>
          {lines.map((line, at) => (
            <Line key={line.turnSeq} line={line} old={at < lines.length - 1} />
          ))}
          {view.unanswered.map((answer) => (
            <Waiting key={answer.id} text={answer.text} lost={view.line !== "open"} />
          ))}
          {lines.length === 0 && view.unanswered.length === 0 && (
            <li className="text-ink-2">What is said stands here as text.</li>
          )}
        </ul>
      )}
      <Announced view={view} />
    </section>
  );
}

const LINE = "grid gap-x-4 sm:grid-cols-[128px_minmax(0,592px)]";

function Line({ line, old }: { line: CaptionLine; old: boolean }) {
  const mine = line.speaker === "candidate";
  return (
    <li className={cx(LINE, old && "max-sm:hidden")}>
      <span
        className={cx("text-14/5 font-strong sm:leading-6.5", mine ? "text-good" : "text-accent")}
      >
        {mine ? "You" : "AI interviewer"}
      </span>
      <p className={cx("wrap-anywhere whitespace-pre-wrap", old && "line-clamp-2 text-ink-2")}>
        {line.text.slice(0, line.settled)}
        {!line.final && <span className="text-ink-2">{`${line.text.slice(line.settled)} …`}</span>}
        {line.final && !line.reliable && (
          <span className="block text-14 text-ink-2">
            Perhaps not heard well. You can correct it afterwards.
          </span>
        )}
      </p>
    </li>
  );
}

function Waiting({ text, lost }: { text: string; lost: boolean }) {
  return (
    <li className={LINE}>
      <span className="text-14/5 font-strong text-good sm:leading-6.5">You</span>
      <p className="wrap-anywhere whitespace-pre-wrap">
        {text}
        <span className="block text-14 text-ink-2">
          {lost ? "Kept here. It is sent as soon as the line is back." : "Sending…"}
        </span>
      </p>
    </li>
  );
}

/** Who types may not hear: the interviewer's finished words are said politely by the reader. */
function Announced({ view }: { view: View }) {
  const last = view.captions.findLast((line) => line.speaker === "interviewer" && line.final);
  return (
    <p aria-live="polite" className="sr-only">
      {view.voice === "on" ? "" : last?.text}
    </p>
  );
}
