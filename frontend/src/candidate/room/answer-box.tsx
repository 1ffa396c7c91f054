/** The answer box: what is typed counts like what is said, and is kept while it is written. */
import { useEffect, useRef, useState } from "react";
import { Button, Kbd, TextArea } from "@/ui";
import type { RoomSession } from "./session";

type Props = { session: RoomSession; maySend: boolean; onClose: (() => void) | null };

const LONGEST = 20_000;

export function AnswerBox({ session, maySend, onClose }: Props) {
  const [text, setText] = useState(session.draft);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.form?.scrollIntoView({ block: "nearest" });
  }, []);
  const write = (next: string) => {
    setText(next);
    session.write(next);
  };
  const send = () => {
    const answer = text.trim();
    if (!answer || !maySend) return;
    session.answer(answer);
    setText("");
    box.current?.focus();
  };
  return (
    <form
      aria-label="Typed answer"
      className="grid scroll-mb-12 gap-2 max-sm:scroll-mb-24"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor="answer" className="text-14 font-strong">
        Your answer
      </label>
      <TextArea
        ref={box}
        id="answer"
        rows={4}
        maxLength={LONGEST}
        aria-describedby="answer-hint"
        className="rounded-m px-3 py-2.5 text-17/6.5"
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      <p id="answer-hint" className="text-14 text-ink-2">
        Kept as you write. It counts the same as a spoken answer.{" "}
        <span className="hidden sm:inline">
          <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd> sends it.
        </span>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          variant="primary"
          size="l"
          aria-disabled={!text.trim() || !maySend || undefined}
        >
          Send the answer
        </Button>
        {onClose && (
          <Button variant="quiet" size="l" onClick={onClose}>
            Back to speaking
          </Button>
        )}
      </div>
    </form>
  );
}
