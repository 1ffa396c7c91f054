import { expect, test } from "vitest";
import { pieces, wordAt } from "./pieces";

const texts = (text: string, spans: Parameters<typeof pieces>[1]) =>
  pieces(text, spans).map((piece) => [piece.text, piece.ids.join("")]);

test("a text without spans is one piece", () => {
  expect(texts("all of it", [])).toEqual([["all of it", ""]]);
});

test("overlapping quotes cut the text where either begins or ends", () => {
  const spans = [
    { start: 0, end: 6, id: "A" },
    { start: 4, end: 8, id: "B" },
  ];
  expect(texts("retry it once", spans)).toEqual([
    ["retr", "A"],
    ["y ", "AB"],
    ["it", "B"],
    [" once", ""],
  ]);
});

test("the server counts characters, also beyond the basic plane", () => {
  expect(texts("🚀 go now", [{ start: 2, end: 4, id: "A" }])).toEqual([
    ["🚀 ", ""],
    ["go", "A"],
    [" now", ""],
  ]);
});

test("a span outside the text marks nothing", () => {
  expect(texts("short", [{ start: 9, end: 12, id: "A" }])).toEqual([["short", ""]]);
});

const words = [
  { text: "the", start_ms: 0, end_ms: 100 },
  { text: "retry", start_ms: 200, end_ms: 400 },
  { text: "the", start_ms: 500, end_ms: 600 },
];

test.each([
  [50, { start: 0, end: 3 }],
  [300, { start: 4, end: 9 }],
  [550, { start: 10, end: 13 }],
])("at %d ms the word being heard is found, the second time at its second place", (ms, span) => {
  expect(wordAt("The retry the server", words, ms)).toMatchObject(span);
});

test("between words nothing lights up", () => {
  expect(wordAt("The retry the server", words, 150)).toBeNull();
  expect(wordAt("The retry the server", words, 900)).toBeNull();
});
