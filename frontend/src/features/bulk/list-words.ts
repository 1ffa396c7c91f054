/** What is wrong with a list or a row of it, in words that say what to do. */
import type { ListedPerson } from "@/api/types";

type Wrong = NonNullable<ListedPerson["wrong"]>[number];

const FLAW: Record<Wrong["flaw"], string> = {
  missing: "is missing",
  too_long: "is too long",
  not_an_address: "is no e-mail address",
  unknown_language: "is a language we cannot write in; use en or de",
  unknown_zone: "is no time zone; write it as Europe/Berlin",
  formula: "is a formula; type it as plain text",
  unreadable_characters: "holds characters that were lost; type it anew",
  double: "",
  too_many_cells: "",
};

/** "E-mail: “nobody” is no e-mail address." */
export function wrongWords({ flaw, heading, cell, first_line }: Wrong): string {
  if (flaw === "double") return `The same address stands in line ${first_line} already.`;
  if (flaw === "too_many_cells")
    return "There are more cells than headings; put text with a separator into quotation marks.";
  const shown = cell ? `“${cell}” ` : "";
  return `${heading || "A cell"}: ${shown}${FLAW[flaw]}.`;
}

export const SEPARATOR: Record<string, string> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
};

/** Why a file is no list; what is missing here is said by the server. */
export const LIST_REFUSED: Record<string, string> = {
  empty: "The file is empty.",
  spreadsheet_file: "This is a workbook. Save the sheet as CSV, then choose that file.",
  unknown_encoding: "Its letters cannot be read. Save it as CSV UTF-8.",
  no_headings: "The first line must name the columns, such as Name and E-mail.",
  no_email_column: "No column is called E-mail.",
  no_name_column: "No column is called Name.",
  double_column: "Two columns have the same meaning; keep one of them.",
  too_many_rows: "It holds more than 500 people; hand it in as two.",
  no_rows: "There is nobody in it.",
  too_large: "It is larger than 1 MB; hand it in as two.",
  offline: "The server could not be reached; try again.",
};
