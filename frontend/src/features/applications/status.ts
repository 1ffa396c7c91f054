/** The one sentence at the top of a candidate's page: where they stand, what next, when, by whom. */
import type { Application } from "@/api/types";
import { relativeTime } from "@/lib/time";
import { isOnUs, OUTCOME } from "@/lib/words";

export type Phrase = { text: string; strong?: boolean; title?: string };

type Standing = Pick<
  Application,
  "stage" | "why" | "waiting_on" | "due_at" | "outcome" | "movers" | "journey" | "erased"
>;

/** The sentence in pieces; `me` is left out as "You". */
export function statusSentence(standing: Standing, me: string, now: Date): Phrase[] {
  if (standing.erased) return [{ text: "Their data was erased; the decision record remains." }];
  if (standing.journey === "waiting")
    return [
      { text: "Saved. " },
      { text: "The journey starts by itself", strong: true },
      { text: " once the workflow engine is back; nothing is lost." },
    ];
  return [...subject(standing, me), ...deadline(standing, now)];
}

function subject(standing: Standing, me: string): Phrase[] {
  if (standing.stage === "closed" || standing.stage === "decided") {
    const outcome = standing.outcome ? OUTCOME[standing.outcome] : "Decided";
    return [
      { text: outcome, strong: true },
      { text: standing.stage === "closed" ? ", closed" : "" },
    ];
  }
  const { text, who } = standing.why;
  const [before = "", after] = text.split("{who}");
  if (after === undefined) return [{ text: before }];
  const named = isOnUs(standing.waiting_on) ? people(standing, me) : who;
  return [{ text: before }, { text: named, strong: true }, { text: after }].filter(
    (phrase) => phrase.text,
  );
}

/** "You and Lena Ferreira", "You or one of 3 others". */
export function people(standing: Pick<Standing, "movers">, me: string): string {
  const others = standing.movers.filter((mover) => mover.id !== me).map((mover) => mover.name);
  const mine = others.length < standing.movers.length;
  const [first, second] = others;
  if (!first) return mine ? "You" : "The team";
  if (others.length > 2) return mine ? `You or one of ${others.length} others` : "The team";
  const names = second ? `${first} or ${second}` : first;
  return mine ? `You or ${names}` : names;
}

function deadline({ due_at, why, stage }: Standing, now: Date): Phrase[] {
  const over = stage === "closed" || stage === "decided" || stage === "interviewing";
  if (!due_at || over) return [{ text: "." }];
  const late = new Date(due_at) < now;
  const when = { text: relativeTime(due_at, now), strong: true, title: due_at };
  if (late) return [{ text: "; it was due " }, when, { text: "." }];
  return [{ text: `; ${why.timer} ` }, when, { text: "." }];
}
