/** The rows that were not taken, as a list to put right and hand in again. */
import type { ListedPerson } from "@/api/types";
import { wrongWords } from "./list-words";

const COLUMNS = [
  ["Name", "name"],
  ["E-mail", "email"],
  ["Language", "language"],
  ["Time zone", "zone"],
  ["ID", "reference"],
] as const;

/** A spreadsheet calculates what begins like this; behind an apostrophe it is text. */
const FORMULA = /^[=+\-@\t\r]/;

export function notTaken(rows: readonly ListedPerson[]): string {
  const head = [...COLUMNS.map(([word]) => word), "Line", "What is wrong"];
  const lines = rows.map((row) => [
    ...COLUMNS.map(([, column]) => said(row, column)),
    String(row.line),
    (row.wrong ?? []).map(wrongWords).join(" "),
  ]);
  return `\ufeff${[head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** What stood in the file, also where nothing could be made of it. */
function said(row: ListedPerson, column: (typeof COLUMNS)[number][1]): string {
  const wrong = (row.wrong ?? []).find((each) => each.column === column && each.cell);
  return row[column] ?? wrong?.cell ?? "";
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
