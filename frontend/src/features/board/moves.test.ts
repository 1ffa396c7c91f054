import { expect, test } from "vitest";
import type { ApplicationRow, Stage } from "@/api/types";
import { type BoardSearch, visible } from "./filters";
import { decisionsFor, meaningOf } from "./moves";

const at = (stage: Stage) => ({ stage, outcome: null });

test.each([
  ["screening", "invited", { do: "invite" }],
  ["in_review", "invited", { do: "decide", kind: "advance" }],
  ["in_review", "decided", { do: "decide" }],
  ["screening", "decided", { do: "decide" }],
  ["invited", "invited", { do: "nothing" }],
] as const)("a card moved from %s to %s means %j", (from, to, wanted) => {
  expect(meaningOf(at(from), to)).toEqual(wanted);
});

test.each([
  ["screening", "scoring"],
  ["invited", "interviewing"],
  ["scheduled", "invited"],
  ["closed", "invited"],
  ["closed", "decided"],
] as const)("nobody is moved from %s to %s by hand", (from, to) => {
  expect(meaningOf(at(from), to).do).toBe("refuse");
});

test("hiring and advancing need a review, rejecting does not, and the ended have neither", () => {
  expect(decisionsFor(at("in_review"))).toEqual(["advance", "hire", "reject"]);
  expect(decisionsFor(at("screening"))).toEqual(["reject"]);
  expect(decisionsFor(at("closed"))).toEqual([]);
});

const row = (id: string, over: Partial<ApplicationRow>): ApplicationRow =>
  ({ id, stage: "screening", waiting_on: "candidate", stage_since: id, ...over }) as ApplicationRow;

const rows = [
  row("2", { waiting_on: "recruiter" }),
  row("1", { waiting_on: "hiring_manager", stage: "in_review" }),
  row("3", { waiting_on: "system" }),
];
const ids = (search: BoardSearch) => visible(rows, search).map((one) => one.id);

test("the longest wait stands first and filters add up", () => {
  expect(ids({})).toEqual(["1", "2", "3"]);
  expect(ids({ waiting: "us" })).toEqual(["1", "2"]);
  expect(ids({ waiting: "us", stage: "in_review" })).toEqual(["1"]);
  expect(ids({ waiting: "candidate" })).toEqual([]);
});
