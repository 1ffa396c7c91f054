/** Who was chosen on the table to be invited together: people in Screening, by hand, no one else. */
import type { ApplicationRow } from "@/api/types";

export type Chosen = ReadonlySet<string>;

export const NOBODY: Chosen = new Set();

export const canBeChosen = (row: Pick<ApplicationRow, "stage">): boolean =>
  row.stage === "screening";

/** The chosen that are still in Screening and shown, in the order of the table. */
export function chosenRows(rows: readonly ApplicationRow[], chosen: Chosen): ApplicationRow[] {
  return rows.filter((row) => canBeChosen(row) && chosen.has(row.id));
}

export function toggled(chosen: Chosen, id: string): Chosen {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Everybody who can be chosen, or nobody when all of them are already. */
export function allToggled(rows: readonly ApplicationRow[], chosen: Chosen): Chosen {
  const all = rows.filter(canBeChosen);
  if (chosenRows(rows, chosen).length === all.length) return NOBODY;
  return new Set(all.map((row) => row.id));
}
