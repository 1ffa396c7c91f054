/** A list before anybody is added: every row, and what would become of it. */
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { ListPreview, ListRow } from "@/api/types";
import { plural } from "@/lib/time";
import { LANGUAGE } from "@/lib/words";
import { Badge, Banner, Button, Row, Segmented, Table, Td, Th } from "@/ui";
import { SEPARATOR, wrongWords } from "./list-words";

type Props = {
  list: ListPreview;
  file: string;
  busy: boolean;
  onAdd: () => void;
  onCancel: () => void;
};

type Shown = "all" | ListRow["outcome"];

export function ListPreviewPanel({ list, file, busy, onAdd, onCancel }: Props) {
  const [shown, setShown] = useState<Shown>("all");
  const count = (outcome: ListRow["outcome"]) =>
    list.rows.filter((row) => row.outcome === outcome).length;
  const rows = list.rows.filter((row) => shown === "all" || row.outcome === shown);
  return (
    <section aria-label={`What ${file} holds`} className="grid gap-3">
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-17 font-strong break-words">{file}</h2>
          <p className="text-ink-2">{howRead(list)}</p>
        </div>
        <Button onClick={onCancel} disabled={busy}>
          Cancel
        </Button>
        <Button variant="primary" onClick={onAdd} disabled={busy || list.to_add === 0}>
          {busy ? "Adding" : addWords(list.to_add)}
        </Button>
      </div>
      <Doubts list={list} />
      <div className="overflow-x-auto">
        <Segmented
          label="Rows"
          value={shown}
          onChange={setShown}
          options={[
            { value: "all", label: "All", count: list.rows.length },
            { value: "new", label: "New", count: count("new") },
            { value: "already_there", label: "There already", count: count("already_there") },
            { value: "wrong", label: "Wrong", count: count("wrong") },
          ]}
        />
      </div>
      <Table label="Rows of the list">
        <thead>
          <tr>
            <Th className="text-right">Line</Th>
            <Th>Person</Th>
            <Th>Outcome</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.person.line} row={row} />
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function Line({ row }: { row: ListRow }) {
  const { person } = row;
  return (
    <Row>
      <Td className="num h-12 w-12 text-right text-ink-2">{person.line}</Td>
      <Td className="h-12 min-w-36">
        <PersonCell person={person} />
      </Td>
      <OutcomeCell badge={<Badge tone={TONE[row.outcome]}>{WORD[row.outcome]}</Badge>}>
        {row.application_id ? (
          <Link
            to="/applications/$applicationId"
            params={{ applicationId: row.application_id }}
            className="link"
          >
            Open who has this address
          </Link>
        ) : (
          <Why person={person} />
        )}
      </OutcomeCell>
    </Row>
  );
}

/** What became of a line, and beside it, or under it on a phone, why and what to do. */
export function OutcomeCell({ badge, children }: { badge: ReactNode; children: ReactNode }) {
  return (
    <Td className="h-12 min-w-40">
      <div className="grid items-baseline gap-x-4 gap-y-1 md:grid-cols-[104px_minmax(0,1fr)]">
        <span className="whitespace-nowrap">{badge}</span>
        <span className="min-w-0">{children}</span>
      </div>
    </Td>
  );
}

export function PersonCell({ person }: { person: ListRow["person"] }) {
  const more = [
    person.email,
    person.language && LANGUAGE[person.language],
    person.zone,
    person.reference,
  ];
  return (
    <>
      <span className="block font-strong break-words">{person.name || "No name"}</span>
      <span className="block text-12 break-all text-ink-2">{more.filter(Boolean).join(" · ")}</span>
    </>
  );
}

export function Why({ person }: { person: ListRow["person"] }) {
  return (person.wrong ?? []).map((wrong) => (
    <span key={`${wrong.column} ${wrong.flaw}`} className="block break-words">
      {wrongWords(wrong)}
    </span>
  ));
}

function Doubts({ list }: { list: ListPreview }) {
  return (
    <>
      {list.encoding === "Windows-1252" && (
        <Banner tone="attention" title="This file was saved as Windows-1252">
          Look at names with accents. If they are not right, save the file as “CSV UTF-8” and choose
          it again.
        </Banner>
      )}
      {list.ignored.length > 0 && (
        <Banner tone="plain" title={`Not taken: ${list.ignored.join(", ")}`}>
          These columns mean nothing here; what stands in them stays in your file.
        </Banner>
      )}
    </>
  );
}

const addWords = (people: number) =>
  people === 0 ? "Nobody to add" : `Add ${plural(people, "person", "people")}`;

const howRead = ({ encoding, separator, rows }: ListPreview) =>
  `${plural(rows.length, "row")}, read as ${encoding} with ${SEPARATOR[separator] ?? "separators"}. Nobody is added yet.`;

const WORD: Record<ListRow["outcome"], string> = {
  new: "new",
  already_there: "there already",
  wrong: "not taken",
};

const TONE = {
  new: "good",
  already_there: "info",
  wrong: "attention",
} as const satisfies Record<ListRow["outcome"], string>;
