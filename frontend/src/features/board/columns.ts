/** A board's columns: one a stage; who is closed stands under Decided, with their outcome. */
import type { ApplicationRow, Stage } from "@/api/types";
import { STAGES } from "@/ui/stage";

export const BOARD_STAGES = STAGES.filter((stage) => stage !== "closed");

export type Column = { stage: Stage; people: ApplicationRow[] };

export function columns(rows: readonly ApplicationRow[]): Column[] {
  return BOARD_STAGES.map((stage) => ({
    stage,
    people: rows.filter((row) => columnOf(row) === stage),
  }));
}

const columnOf = (row: ApplicationRow): Stage => (row.stage === "closed" ? "decided" : row.stage);

/** The median time people have stood where they are, in ms; null for an empty column. */
export function medianWait(people: readonly ApplicationRow[], now: Date): number | null {
  const waits = people
    .map((row) => now.getTime() - new Date(row.stage_since).getTime())
    .sort((a, b) => a - b);
  return waits[Math.floor((waits.length - 1) / 2)] ?? null;
}

/** The card above, below, left or right of the selected one, as the board shows them. */
export function neighbour(
  rows: readonly ApplicationRow[],
  selected: string | undefined,
  by: { x: -1 | 0 | 1; y: -1 | 0 | 1 },
): string | undefined {
  const filled = columns(rows).filter((column) => column.people.length > 0);
  const x = filled.findIndex((column) => column.people.some((row) => row.id === selected));
  if (x < 0) return filled[0]?.people[0]?.id;
  const column = filled[Math.min(filled.length - 1, Math.max(0, x + by.x))];
  const y = filled[x]?.people.findIndex((row) => row.id === selected) ?? 0;
  const people = column?.people ?? [];
  return people[Math.min(people.length - 1, Math.max(0, y + by.y))]?.id;
}
