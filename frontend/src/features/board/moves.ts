/** What moving a card to a column means: an invitation, a decision, or nothing a person can do. */
import type { ApplicationRow, DecisionKind, Stage } from "@/api/types";
import { STAGE_WORD } from "@/ui/stage";

export type Move =
  | { do: "nothing" }
  | { do: "invite" }
  | { do: "decide"; kind?: DecisionKind }
  | { do: "refuse"; because: string };

type Movable = Pick<ApplicationRow, "stage" | "outcome">;

const ENDED: readonly Stage[] = ["decided", "closed"];

/** Only two columns are reached by hand; the others fill as the candidate and Interloop go on. */
export function meaningOf(row: Movable, to: Stage): Move {
  if (row.stage === to) return { do: "nothing" };
  if (row.stage === "closed") return { do: "refuse", because: "Closed applications stay closed." };
  if (to === "invited") {
    if (row.stage === "screening") return { do: "invite" };
    if (row.stage === "in_review") return { do: "decide", kind: "advance" };
    return { do: "refuse", because: "They are past the invitation already." };
  }
  if (to === "decided") return { do: "decide" };
  const word = STAGE_WORD[to];
  return {
    do: "refuse",
    because: `Nobody is put into ${word} by hand: it follows from what happens.`,
  };
}

/** The decisions that exist for somebody who stands here. */
export function decisionsFor(row: Movable): DecisionKind[] {
  if (ENDED.includes(row.stage)) return [];
  return row.stage === "in_review" ? ["advance", "hire", "reject"] : ["reject"];
}
