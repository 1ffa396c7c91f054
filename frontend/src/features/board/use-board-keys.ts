/** The keys of a board or table: walk, open, choose, invite, decide, add. */
import { useState } from "react";
import type { ApplicationRow } from "@/api/types";
import { step } from "@/lib/move";
import { type Shortcut, useShortcuts } from "@/shell/shortcuts";
import { neighbour } from "./columns";
import type { BoardView } from "./filters";

type Keys = {
  rows: readonly ApplicationRow[];
  view: BoardView;
  open: (id: string) => void;
  decide: (row: ApplicationRow) => void;
  invite: (row: ApplicationRow) => void;
  /** Only on the table, and only for those who may invite. */
  choose: ((row: ApplicationRow) => void) | undefined;
  add: () => void;
};

export function useBoardKeys({
  rows,
  view,
  open,
  decide,
  invite,
  choose,
  add,
}: Keys): string | undefined {
  const [selected, setSelected] = useState<string>();
  const walk = (x: -1 | 0 | 1, y: -1 | 0 | 1) => () =>
    setSelected(
      view === "board" ? neighbour(rows, selected, { x, y }) : inList(rows, selected, y || x || 1),
    );
  const withRow = (act: (row: ApplicationRow) => void) => () => {
    const row = rows.find((one) => one.id === selected);
    if (row) act(row);
  };
  const list: Shortcut[] = [
    { key: "n", label: "Add people", run: add },
    { key: "j", label: "Next person", run: walk(0, 1) },
    { key: "k", label: "Previous person", run: walk(0, -1) },
    { key: "l", label: "Next stage", run: walk(1, 0) },
    { key: "h", label: "Previous stage", run: walk(-1, 0) },
    { key: "Enter", label: "Open the person", run: withRow((row) => open(row.id)) },
    { key: "i", label: "Invite the person", run: withRow(invite) },
    ...(choose ? [{ key: "x", label: "Choose the person", run: withRow(choose) }] : []),
    { key: "m", label: "Decide about the person", run: withRow(decide) },
  ];
  useShortcuts(list);
  return selected;
}

function inList(rows: readonly ApplicationRow[], selected: string | undefined, by: 1 | -1) {
  const at = rows.findIndex((row) => row.id === selected);
  return rows[step(at, by, rows.length)]?.id;
}
