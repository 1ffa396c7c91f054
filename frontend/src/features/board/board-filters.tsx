/** View and filters of a board; all of it lives in the address. */
import type { ReactNode } from "react";
import { Icon, Segmented, Select, STAGE_WORD, type Stage } from "@/ui";
import { BOARD_STAGES } from "./columns";
import type { BoardSearch, Waiting } from "./filters";

type Props = {
  search: BoardSearch;
  onChange: (next: BoardSearch) => void;
  shown: number;
  of: number;
  /** What can be done with several of those shown. */
  action?: ReactNode;
};

const WAITING = [
  { value: "", label: "Waiting on: anyone" },
  { value: "us", label: "Waiting on: us" },
  { value: "candidate", label: "Waiting on: candidate" },
  { value: "system", label: "Waiting on: Interloop" },
];

const STAGE_OPTIONS = [
  { value: "", label: "Stage: any" },
  ...BOARD_STAGES.map((stage) => ({
    value: stage as string,
    label: `Stage: ${STAGE_WORD[stage]}`,
  })),
];

export function BoardFilters({ search, onChange, shown, of, action }: Props) {
  const set = (part: BoardSearch) => onChange(withoutEmpty({ ...search, ...part }));
  return (
    <div className="my-4 flex flex-wrap items-center gap-2">
      <Segmented
        label="View"
        value={search.view ?? "board"}
        onChange={(view) => set({ view: view === "board" ? undefined : view })}
        options={[
          {
            value: "board",
            label: (
              <>
                <Icon name="board" /> Board
              </>
            ),
          },
          {
            value: "table",
            label: (
              <>
                <Icon name="rows" /> Table
              </>
            ),
          },
        ]}
      />
      <Select
        look="filter"
        aria-label="Waiting on"
        value={search.waiting ?? ""}
        options={WAITING}
        onChange={(event) =>
          set({ waiting: (event.target.value || undefined) as Waiting | undefined })
        }
      />
      <Select
        look="filter"
        aria-label="Stage"
        value={search.stage ?? ""}
        options={STAGE_OPTIONS}
        onChange={(event) => set({ stage: (event.target.value || undefined) as Stage | undefined })}
      />
      {action}
      <span role="status" className="num ml-auto text-12 text-ink-2">
        {shown < of ? `${shown} of ${of} shown` : "Longest wait first"}
      </span>
    </div>
  );
}

function withoutEmpty(search: BoardSearch): BoardSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
