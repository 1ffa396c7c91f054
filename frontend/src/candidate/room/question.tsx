/** The question as text, and two ways to hear it anew. */
import { Button } from "@/ui";
import type { View } from "./state";

type Props = { view: View; job: string; onAct: (act: "repeat" | "rephrase") => void };

export function Question({ view, job, onAct }: Props) {
  const room = view.room;
  return (
    <section id="question" tabIndex={-1} aria-label="The question" className="outline-none">
      {room?.question && (
        <p className="num mb-2 text-14 font-strong text-ink-2">
          Question {room.question_no} of about {room.questions}
        </p>
      )}
      <h1 className="max-w-[720px] text-20 font-regular tracking-[-0.01em] text-pretty sm:text-24">
        {room?.question ?? opening(view, job)}
      </h1>
      {room?.question && (
        <div className="mt-1 -ml-3.5 flex flex-wrap gap-1 sm:mt-2">
          <Button variant="quiet" size="touch" onClick={() => onAct("repeat")}>
            Hear it again
          </Button>
          <Button variant="quiet" size="touch" onClick={() => onAct("rephrase")}>
            Say it in other words
          </Button>
        </div>
      )}
    </section>
  );
}

function opening(view: View, job: string): string {
  if (!view.room) return `Your interview for ${job}`;
  const { interviewer, questions, phase } = view.room;
  if (phase === "waiting")
    return `${interviewer}, the AI interviewer, greets you first and then asks about ${questions} questions for ${job}.`;
  return `Your interview for ${job} with ${interviewer}, the AI interviewer`;
}
