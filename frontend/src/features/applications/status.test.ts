import { expect, test } from "vitest";
import type { Application, UserRef } from "@/api/types";
import { people, statusSentence } from "./status";

const now = new Date("2026-11-24T14:05:00Z");
const person = (id: string): UserRef => ({ id, name: id, role: "recruiter" });

const standing = (over: Partial<Application>): Application =>
  ({
    stage: "in_review",
    why: {
      text: "{who} can mark the interview and decide next",
      who: "A person",
      timer: "it is due",
    },
    waiting_on: "hiring_manager",
    due_at: null,
    outcome: null,
    movers: [],
    journey: "started",
    erased: false,
    ...over,
  }) as Application;

const said = (over: Partial<Application>) =>
  statusSentence(standing(over), "Ada", now)
    .map((phrase) => phrase.text)
    .join("");

test.each([
  [["Ada"], "You"],
  [["Ada", "Lena"], "You or Lena"],
  [["Lena"], "Lena"],
  [["Lena", "Piet"], "Lena or Piet"],
  [["Ada", "Lena", "Piet", "Mo"], "You or one of 3 others"],
  [[], "The team"],
])("%j who can move it are called %s", (names, words) => {
  expect(people({ movers: names.map(person) }, "Ada")).toBe(words);
});

test("who must act and by when stand in the sentence", () => {
  expect(said({ movers: [person("Ada")], due_at: "2026-11-27T14:05:00Z" })).toBe(
    "You can mark the interview and decide next; it is due in 3 d.",
  );
});

test("a passed deadline is told as passed", () => {
  expect(said({ movers: [person("Ada")], due_at: "2026-11-24T12:05:00Z" })).toContain(
    "it was due 2 h ago.",
  );
});

test("while the candidate is awaited the deadline is the link's", () => {
  expect(
    said({
      stage: "invited",
      why: { text: "{who} has the invitation", who: "The candidate", timer: "the link closes" },
      waiting_on: "candidate",
      due_at: "2026-12-08T14:05:00Z",
    }),
  ).toBe("The candidate has the invitation; the link closes in 14 d.");
});

test("with the workflow engine away nothing is promised but that it starts by itself", () => {
  expect(said({ journey: "waiting" })).toContain(
    "starts by itself once the workflow engine is back",
  );
});

test("an ended application names its outcome and no deadline", () => {
  expect(said({ stage: "closed", outcome: "hired", due_at: "2026-11-27T14:05:00Z" })).toBe(
    "Hired, closed.",
  );
});
