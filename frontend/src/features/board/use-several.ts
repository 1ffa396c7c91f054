/** Who is chosen to be invited together; only who may invite chooses. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApplicationRow } from "@/api/types";
import { meQuery } from "@/features/auth/queries";
import { type Chosen, canBeChosen, chosenRows, NOBODY, toggled } from "./chosen";

export type Several = ReturnType<typeof useSeveral>;

export function useSeveral(shown: readonly ApplicationRow[]) {
  const permissions = useQuery(meQuery).data?.permissions ?? [];
  const [chosen, choose] = useState<Chosen>(NOBODY);
  const [asked, setAsked] = useState<readonly ApplicationRow[] | null>(null);
  const rows = chosenRows(shown, chosen);
  const may = permissions.includes("invite");
  const toggle = (row: ApplicationRow) => {
    if (canBeChosen(row)) choose(toggled(chosen, row.id));
  };
  return {
    may,
    chosen,
    rows,
    asked,
    byHand: may ? choose : undefined,
    byKey: (table: boolean) => (table && may ? toggle : undefined),
    keys: (table: boolean): [string, string][] => (table && may ? [["x", "choose"]] : []),
    ask: () => setAsked(rows),
    clear: () => choose(NOBODY),
    close: () => {
      setAsked(null);
      choose(NOBODY);
    },
  };
}
