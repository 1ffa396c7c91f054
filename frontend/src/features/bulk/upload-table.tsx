/** One upload: how far it is, and a line for each file with what to do next. */
import { Link } from "@tanstack/react-router";
import type { BulkItem, BulkUpload } from "@/api/types";
import { exactTime, plural } from "@/lib/time";
import { READ_PROBLEM } from "@/lib/words";
import { Badge, Progress, Row, Table, Td, Th } from "@/ui";

export function UploadTable({ upload }: { upload: BulkUpload }) {
  const refused = upload.items.filter(({ state }) => state === "refused").length;
  const added = upload.items.filter(({ state }) => state === "added").length;
  return (
    <section aria-label={`Upload of ${exactTime(upload.started_at)}`} className="grid gap-3">
      <h2 className="text-17 font-strong">
        {exactTime(upload.started_at)}, by {upload.started_by.name}
      </h2>
      {upload.state === "reading" ? (
        <Progress
          label="Reading the resumes"
          value={upload.total > 0 ? upload.read / upload.total : 0}
          words={`${upload.read} of ${plural(upload.total, "file")} read. You can leave this page.`}
        />
      ) : (
        <p role="status" className="num text-ink-2">
          {plural(added, "person", "people")} added, {plural(refused, "file")} not taken.
        </p>
      )}
      <Table label="Files">
        <thead>
          <tr>
            <Th>File</Th>
            <Th>Outcome</Th>
            <Th>What to do</Th>
          </tr>
        </thead>
        <tbody>
          {upload.items.map((item) => (
            <Line key={item.seq} item={item} />
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function Line({ item }: { item: BulkItem }) {
  return (
    <Row>
      <Td className="h-12 min-w-48 break-all">{item.name}</Td>
      <Td className="h-12 whitespace-nowrap">
        <Badge tone={TONE[item.state]}>{WORD[item.state]}</Badge>
      </Td>
      <Td className="h-12 min-w-64">
        <Next item={item} />
      </Td>
    </Row>
  );
}

function Next({ item }: { item: BulkItem }) {
  if (item.state === "refused") {
    const why = reason(item.code ?? "");
    return (
      <>
        <b>{why.title}.</b> <span className="text-ink-2">{why.fix}</span>
      </>
    );
  }
  if (!item.application_id) return <span className="text-ink-2">–</span>;
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

type Why = { title: string; fix: string };

const ARCHIVE: Record<string, Why> = {
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

function reason(code: string): Why {
  const read = (READ_PROBLEM as Record<string, Why | undefined>)[code];
  return ARCHIVE[code] ?? read ?? { title: "It could not be used", fix: "Add it by hand." };
}
