/** The same people as a table, longest wait first; who is in Screening can be ticked to invite. */
import { Link } from "@tanstack/react-router";
import type { ApplicationRow } from "@/api/types";
import { exactTime, relativeTime, since } from "@/lib/time";
import { nextStep, WAITING_ON } from "@/lib/words";
import { Avatar, EmptyState, Row, StageBadge, Table, Td, Th, useMinute } from "@/ui";
import { allToggled, type Chosen, canBeChosen, chosenRows, toggled } from "./chosen";

type Props = {
  rows: readonly ApplicationRow[];
  selected: string | undefined;
  chosen: Chosen;
  /** Missing for those who may not invite. */
  onChoose: ((next: Chosen) => void) | undefined;
};

export function PeopleTable({ rows, selected, chosen, onChoose }: Props) {
  const now = useMinute();
  const all = rows.filter(canBeChosen).length;
  const some = chosenRows(rows, chosen).length;
  if (rows.length === 0)
    return (
      <div className="panel">
        <EmptyState title="Nobody stands like this now">
          Choose another stage, or anyone to wait on.
        </EmptyState>
      </div>
    );
  return (
    <Table label="People of this job">
      <thead>
        <tr>
          {onChoose && (
            <Th className="w-11">
              <Check
                label="Choose everybody in Screening"
                checked={all > 0 && some === all}
                partly={some > 0 && some < all}
                disabled={all === 0}
                onChange={() => onChoose(allToggled(rows, chosen))}
              />
            </Th>
          )}
          <Th>Name</Th>
          <Th>Stage</Th>
          <Th>Next</Th>
          <Th>Waiting on</Th>
          <Th>Since</Th>
          <Th>Deadline</Th>
          <Th className="text-right">Requirements</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} selected={row.id === selected}>
            {onChoose && (
              <Td className="h-12 w-11">
                {canBeChosen(row) && (
                  <Check
                    label={`Choose ${row.candidate.name ?? "a person without a name"}`}
                    checked={chosen.has(row.id)}
                    onChange={() => onChoose(toggled(chosen, row.id))}
                  />
                )}
              </Td>
            )}
            <Td className="h-12 min-w-48">
              <Link
                to="/applications/$applicationId"
                params={{ applicationId: row.id }}
                className="inline-flex items-center gap-2.5 py-1 font-strong hover:text-accent"
              >
                <Avatar name={row.candidate.name ?? "?"} />
                {row.candidate.name ?? "Name unknown"}
              </Link>
            </Td>
            <Td className="h-12">
              <StageBadge stage={row.stage} />
            </Td>
            <Td className="h-12 whitespace-nowrap">{nextStep(row)}</Td>
            <Td className="h-12">{WAITING_ON[row.waiting_on]}</Td>
            <Td className="num h-12 whitespace-nowrap" title={exactTime(row.stage_since)}>
              {since(row.stage_since, now)}
            </Td>
            <Td className="num h-12 whitespace-nowrap">
              {row.due_at ? (
                <span title={exactTime(row.due_at)}>{relativeTime(row.due_at, now)}</span>
              ) : (
                "–"
              )}
            </Td>
            <Td className="num h-12 text-right whitespace-nowrap">
              {row.match_total ? `${row.match_supported ?? 0} of ${row.match_total}` : "–"}
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

type CheckProps = {
  label: string;
  checked: boolean;
  partly?: boolean;
  disabled?: boolean;
  onChange: () => void;
};

/** A bare tick of a table; its target is as large as a finger needs. */
function Check({ label, checked, partly = false, disabled = false, onChange }: CheckProps) {
  return (
    <label className="-my-2 flex size-8 cursor-pointer items-center justify-center rounded-s hover:bg-hover">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        disabled={disabled}
        ref={(box) => {
          if (box) box.indeterminate = partly;
        }}
        onChange={onChange}
        className="size-4.5 accent-accent"
      />
    </label>
  );
}
