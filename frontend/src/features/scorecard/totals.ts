/** What is said about totals: one where it is honest, else why there is none. */
import type { CriterionCard, Mark, Scorecard } from "@/api/types";

export const marked = (card: Scorecard): number =>
  card.criteria.filter(({ own }) => own !== null).length;

export function totalWords({ total }: Scorecard): string | null {
  return total ? `Your total: ${total.level.toFixed(1)} of 5, n = ${total.marked} criteria.` : null;
}

const WHY = {
  own_marks_missing: "Mark every criterion with a level first.",
  sandbox_marks_do_not_count: "Suggested marks come from the sandbox and count in none.",
  not_scored: "This interview has no suggested marks.",
} as const;

export function noTotalWords(card: Scorecard): string {
  if (card.suggested_total && card.total)
    return `Suggested: ${card.suggested_total.level.toFixed(1)} of 5.`;
  const reasons = [card.no_total, card.no_suggested_total].flatMap((code) =>
    code ? [WHY[code]] : [],
  );
  return [...new Set(reasons)].join(" ");
}

export type Agreement = { word: string; tone: "good" | "attention" } | null;

/** How far one's own level stands from the suggested one; nothing when either cannot tell. */
export function agreement(own: Mark | null, suggested: Mark | null): Agreement {
  if (own?.level == null || suggested?.level == null) return null;
  const gap = Math.abs(own.level - suggested.level);
  return gap === 0
    ? { word: "agrees", tone: "good" }
    : { word: `differs by ${gap}`, tone: "attention" };
}

/** "Suggested mark is hidden until you choose yours", for what the card holds back. */
export function hiddenWords({ hidden, own }: CriterionCard): string | null {
  if (own !== null || hidden === 0) return null;
  return hidden === 1
    ? "1 mark is hidden until you choose yours"
    : `${hidden} marks are hidden until you choose yours`;
}
