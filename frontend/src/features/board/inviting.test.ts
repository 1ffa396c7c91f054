import { expect, test } from "vitest";
import type { ApplicationRow } from "@/api/types";
import { failedWords, stillToSend } from "./inviting";

const row = (id: string, invitable: ApplicationRow["invitable"] = "ready") =>
  ({ id, invitable }) as ApplicationRow;

test("a second press is about those who got none, and never about the others", () => {
  const rows = [row("a"), row("b"), row("c"), row("d"), row("e", "no_address")];
  const outcomes = {
    a: { is: "sent" },
    b: { is: "failed", code: "offline" },
    c: { is: "there" },
  } as const;
  expect(stillToSend(rows, {})).toEqual(["a", "b", "c", "d"]);
  expect(stillToSend(rows, outcomes)).toEqual(["b", "d"]);
});

test("a refusal without words of its own says what to do all the same", () => {
  expect(failedWords("organization_stopped")).toContain("stopped");
  expect(failedWords("never_heard_of")).toContain("try again");
});
