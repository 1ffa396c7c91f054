/** The one sentence at the top of a candidate's page: where they stand, what next, when, by whom. */
import type { Application } from "@/api/types";
import { relativeTime } from "@/lib/time";
import { OUTCOME } from "@/lib/words";

export type Phrase = { text: string; strong?: boolean; title?: string };

type Standing = Pick<
  Application,
  "stage" | "next_step" | "waiting_on" | "due_at" | "outcome" | "movers" | "journey" | "erased"
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

const STEP: Record<string, (who: string) => Phrase[]> = {
  read_resume: () => [{ text: "Interloop reads the resume and rates it against the job" }],
  give_contact: (who) => [
    { text: who, strong: true },
    { text: " can give an e-mail address next; without one nobody can be invited" },
  ],
  invite: (who) => [{ text: who, strong: true }, { text: " can invite them or decide next" }],
  join: () => [
    { text: "The candidate", strong: true },
    { text: " has the invitation and starts the interview whenever they want" },
  ],
  interview: () => [{ text: "The candidate", strong: true }, { text: " is in the interview" }],
  score: () => [{ text: "Interloop gathers quotes and suggests marks" }],
  decide: (who) => [
    { text: who, strong: true },
    { text: " can mark the interview and decide next" },
  ],
  meet_person: (who) => [
    { text: who, strong: true },
    { text: " can hold the interview in person and decide next" },
  ],
  follow_up_expired: (who) => [
    { text: "The invitation ran out. " },
    { text: who, strong: true },
    { text: " can invite again or decide next" },
  ],
  choose_time: () => [
    { text: "The candidate", strong: true },
    { text: " has the invitation and chooses a time next" },
  ],
  attend: () => [{ text: "The candidate", strong: true }, { text: " has an appointment" }],
  meeting: (who) => [
    { text: who, strong: true },
    { text: " meets the candidate now and says afterwards how it went" },
  ],
  follow_up_no_show: (who) => [
    { text: "The candidate did not come. " },
    { text: who, strong: true },
    { text: " can offer another time or decide next" },
  ],
  scorecard: (who) => [{ text: who, strong: true }, { text: " can fill in the scorecard next" }],
};

function subject(standing: Standing, me: string): Phrase[] {
  if (standing.stage === "closed" || standing.stage === "decided") {
    const outcome = standing.outcome ? OUTCOME[standing.outcome] : "Decided";
    return [
      { text: outcome, strong: true },
      { text: standing.stage === "closed" ? ", closed" : "" },
    ];
  }
  const phrases = STEP[standing.next_step];
  return phrases ? phrases(people(standing, me)) : [{ text: standing.next_step }];
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

function deadline({ due_at, waiting_on, stage }: Standing, now: Date): Phrase[] {
  const over = stage === "closed" || stage === "decided" || stage === "interviewing";
  if (!due_at || over) return [{ text: "." }];
  const late = new Date(due_at) < now;
  const when = { text: relativeTime(due_at, now), strong: true, title: due_at };
  if (late) return [{ text: "; it was due " }, when, { text: "." }];
  return [
    { text: waiting_on === "candidate" ? "; the link closes " : "; it is due " },
    when,
    { text: "." },
  ];
}
