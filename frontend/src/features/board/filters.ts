/** What of a board is shown: it lives in the address, so that it can be shared and gone back to. */
import type { ApplicationRow, Stage } from "@/api/types";
import { isOnUs } from "@/lib/words";
import { STAGES } from "@/ui/stage";

export type BoardView = "board" | "table";
export type Waiting = "us" | "candidate" | "system";
export type BoardSearch = { view?: BoardView; waiting?: Waiting; stage?: Stage };

export const isView = (value: unknown): value is BoardView =>
  value === "board" || value === "table";
export const isWaiting = (value: unknown): value is Waiting =>
  value === "us" || value === "candidate" || value === "system";
export const isStage = (value: unknown): value is Stage => STAGES.includes(value as Stage);

/** Rows that pass, longest wait first. */
export function visible(rows: readonly ApplicationRow[], search: BoardSearch): ApplicationRow[] {
  const { waiting, stage } = search;
  return rows
    .filter((row) => !stage || row.stage === stage)
    .filter((row) => !waiting || waitsOn(row) === waiting)
    .toSorted((a, b) => a.stage_since.localeCompare(b.stage_since));
}

function waitsOn(row: ApplicationRow): Waiting {
  if (isOnUs(row.waiting_on)) return "us";
  return row.waiting_on === "candidate" ? "candidate" : "system";
}
