/** One upload: how far it is, and a line for each file or row with what to do next. */
import { Link } from "@tanstack/react-router";
import type { BulkItem, BulkUpload } from "@/api/types";
import { exactTime, plural } from "@/lib/time";
import { READ_PROBLEM } from "@/lib/words";
import { Badge, Progress, Row, Table, Td, Th } from "@/ui";
import { OutcomeCell, PersonCell, Why } from "./list-preview";
import { notTaken } from "./not-taken";

export function UploadTable({ upload }: { upload: BulkUpload }) {
  const refused = upload.items.filter(({ state }) => state === "refused").length;
  const added = upload.items.filter(({ state }) => state === "added").length;
  const there = upload.items.filter(({ state }) => state === "already_there").length;
  const list = upload.kind === "people";
  const what = list ? "row" : "file";
  return (
    <section aria-label={`Upload of ${exactTime(upload.started_at)}`} className="grid gap-3">
      <h2 className="text-17 font-strong">
        {list ? "List" : "Resumes"}, {exactTime(upload.started_at)}, by {upload.started_by.name}
      </h2>
      {upload.state === "reading" ? (
        <Progress
          label={list ? "Adding the people" : "Reading the resumes"}
          value={upload.total > 0 ? upload.read / upload.total : 0}
          words={`${upload.read} of ${plural(upload.total, what)} read. You can leave this page.`}
        />
      ) : (
        <p role="status" className="num text-ink-2">
          {plural(added, "person", "people")} added, {there} there already, {plural(refused, what)}{" "}
          not taken. {list && <NotTaken upload={upload} />}
        </p>
      )}
      <Table label={list ? "Rows" : "Files"}>
        <thead>
          <tr>
            {list && <Th className="text-right">Line</Th>}
            <Th>{list ? "Person" : "File"}</Th>
            <Th>Outcome</Th>
          </tr>
        </thead>
        <tbody>
          {upload.items.map((item) => (
            <Line key={item.seq} item={item} numbered={list} />
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function Line({ item, numbered }: { item: BulkItem; numbered: boolean }) {
  return (
    <Row>
      {numbered && <Td className="num h-12 w-12 text-right text-ink-2">{item.seq}</Td>}
      <Td className="h-12 min-w-36 break-words">
        {item.row ? <PersonCell person={item.row} /> : item.name || item.candidate}
      </Td>
      <OutcomeCell badge={<Badge tone={TONE[item.state]}>{WORD[item.state]}</Badge>}>
        <Next item={item} />
      </OutcomeCell>
    </Row>
  );
}

/** The rows that nobody came of, to put right and hand in again. */
function NotTaken({ upload }: { upload: BulkUpload }) {
  const rows = upload.items.flatMap(({ state, row }) => (state === "refused" && row ? [row] : []));
  if (rows.length === 0) return null;
  const file = `data:text/csv;charset=utf-8,${encodeURIComponent(notTaken(rows))}`;
  return (
    <a href={file} download="not-taken.csv" className="link">
      Download what was not taken
    </a>
  );
}

function Next({ item }: { item: BulkItem }) {
  if (item.row?.wrong?.length) return <Why person={item.row} />;
  if (item.state === "refused") {
    const why = reason(item.code ?? "");
    return (
      <>
        <b>{why.title}.</b> <span className="text-ink-2">{why.fix}</span>
      </>
    );
  }
  if (!item.application_id) return null;
  const name = item.candidate ?? "Name unknown";
  return (
    <>
      <Link
        to="/applications/$applicationId"
        params={{ applicationId: item.application_id }}
        search={{ tab: "resume" }}
        className="link"
      >
        {item.needs_email ? `Type the e-mail address of ${name}` : `Open ${name}`}
      </Link>
      {item.needs_email && (
        <span className="text-ink-2"> It is not in the resume; nobody can be invited without.</span>
      )}
    </>
  );
}

const WORD: Record<BulkItem["state"], string> = {
  waiting: "waits",
  added: "added",
  already_there: "there already",
  refused: "not taken",
};

const TONE = {
  waiting: "line",
  added: "good",
  already_there: "info",
  refused: "attention",
} as const satisfies Record<BulkItem["state"], string>;

type Reason = { title: string; fix: string };

const ARCHIVE: Record<string, Reason> = {
  bad_path: {
    title: "Its name leads out of the archive",
    fix: "Make the archive anew from plain files.",
  },
  nested_archive: {
    title: "It is an archive itself",
    fix: "Put the resumes in directly, without another archive around them.",
  },
  zip_bomb: {
    title: "It unpacks to far more than it says",
    fix: "It was not read. Add this resume by hand if it is real.",
  },
  unread: { title: "It could not be read", fix: "Add this resume by hand." },
};

function reason(code: string): Reason {
  const read = (READ_PROBLEM as Record<string, Reason | undefined>)[code];
  return ARCHIVE[code] ?? read ?? { title: "It could not be used", fix: "Add it by hand." };
}
