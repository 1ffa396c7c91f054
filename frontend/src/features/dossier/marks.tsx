/** The marks of one interview as they were frozen: level, whose, and the words behind it. */
import type { DossierInterview, DossierMark } from "@/api/types";
import { clock } from "@/lib/time";
import { plain } from "@/lib/words";

export function MarksOf({ interview }: { interview: DossierInterview }) {
  if (interview.marks.length === 0) return <p className="text-ink-2">Nobody marked it.</p>;
  const criteria = interview.plan.rubric.criteria;
  return (
    <ul className="grid gap-4">
      {criteria.map(({ id, name, anchors }) => (
        <li key={id} className="grid gap-2">
          <h3 className="font-strong">{name}</h3>
          <ul className="grid gap-2 border-l border-line pl-4">
            {interview.marks
              .filter((mark) => mark.criterion_id === id)
              .map((mark) => (
                <MarkLine
                  key={`${mark.provenance} ${mark.by?.id}`}
                  mark={mark}
                  anchor={anchors.find(({ level }) => level === mark.level)?.behaviour}
                />
              ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function MarkLine({ mark, anchor }: { mark: DossierMark; anchor: string | undefined }) {
  return (
    <li className="grid gap-1">
      <p>
        <b className="num">{mark.level === null ? "Cannot tell" : `${mark.level} of 5`}</b>
        {anchor && `, ${anchor}`} <span className="text-ink-2">{from(mark)}</span>
      </p>
      {mark.note && <p className="max-w-[68ch] text-ink-2">{mark.note}</p>}
      {mark.quotes.map((quote) => (
        <blockquote
          key={`${quote.turn_id} ${quote.start_char}`}
          className="max-w-[68ch] text-ink-2"
        >
          “{quote.text ?? "not readable any more"}”{" "}
          <span className="num text-12">
            at {clock(quote.start_ms)}, turn version {quote.turn_version}, characters{" "}
            {quote.start_char} to {quote.end_char}
          </span>
        </blockquote>
      ))}
    </li>
  );
}

function from(mark: DossierMark): string {
  if (mark.by) return `by ${mark.by.name}`;
  const model = mark.model ? ` ${mark.model}` : "";
  const reason = mark.reason_code ? `, ${plain(mark.reason_code).toLowerCase()}` : "";
  return `suggested by ${mark.provenance}${model}${reason}; ${mark.quotes_verified} of ${mark.quotes_offered} quotes verified, prompt ${mark.prompt_sha256?.slice(0, 12) ?? "unknown"}`;
}
