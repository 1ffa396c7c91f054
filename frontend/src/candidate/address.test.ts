import { expect, test } from "vitest";
import { pageOf, tokenIn } from "./address";

test.each([
  ["#aB3_-x", "aB3_-x"],
  ["#help", null],
  ["#", null],
  ["", null],
])("the fragment %s carries the secret %s", (fragment, token) => {
  expect(tokenIn(fragment)).toBe(token);
});

test.each([
  ["/c/", "invitation"],
  ["/c/room", "room"],
  ["/c/room/", "room"],
  ["/c/elsewhere", "invitation"],
] as const)("%s is the page %s", (path, page) => {
  expect(pageOf(path)).toBe(page);
});
