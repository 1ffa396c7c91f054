import { expect, test } from "vitest";
import type { ListedPerson } from "@/api/types";
import { wrongWords } from "./list-words";
import { notTaken } from "./not-taken";

const row = (over: Partial<ListedPerson>): ListedPerson => ({
  line: 3,
  name: "Jo",
  email: "jo@example.test",
  language: null,
  zone: null,
  reference: null,
  wrong: [],
  ...over,
});

const wrong = { column: null, heading: "", cell: "", first_line: null };

test("the file opens in a spreadsheet and nothing in it is calculated", () => {
  const file = notTaken([row({ name: '=HYPERLINK("x")' }), row({ name: "-1+cmd" })]);
  expect(file.startsWith("\ufeffName,E-mail,")).toBe(true);
  expect(file).toContain(`"'=HYPERLINK(""x"")",jo@example.test`);
  expect(file).toContain("\r\n'-1+cmd,");
});

test("what nothing could be made of is in the file as it stood", () => {
  const unknown = { ...wrong, flaw: "unknown_language" as const, column: "language" as const };
  const file = notTaken([row({ wrong: [{ ...unknown, heading: "Sprache", cell: "tlh" }] })]);
  expect(file.split("\r\n")[1]).toContain("Jo,jo@example.test,tlh,,,3,");
});

test("a flaw names its column, what stands there and what to do", () => {
  const words = wrongWords({ ...wrong, flaw: "not_an_address", heading: "Mail", cell: "nobody" });
  expect(words).toBe("Mail: “nobody” is no e-mail address.");
  expect(wrongWords({ ...wrong, flaw: "missing", heading: "Name" })).toBe("Name: is missing.");
  expect(wrongWords({ ...wrong, flaw: "double", first_line: 2 })).toContain("line 2");
});
