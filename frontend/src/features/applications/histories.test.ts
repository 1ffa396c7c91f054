import { expect, test } from "vitest";
import { receiptWords } from "./histories";
import type { Erasure } from "./queries";

const asked: Erasure = {
  id: "1",
  asked_by: { id: "2", name: "Ada Admin", role: "admin" },
  asked_at: "2026-11-28T12:00:00Z",
  gone_at: null,
  refused: null,
  workflows: 0,
  runs: 0,
  seconds: 0,
};

test("a receipt says who erased how much, and never claims what is not done", () => {
  expect(receiptWords(asked)).toBe("Ada Admin asked for it; under way.");
  const gone = { ...asked, gone_at: "2026-11-28T12:00:35Z", workflows: 1, runs: 3, seconds: 34.5 };
  expect(receiptWords(gone)).toBe(
    "Ada Admin erased 1 workflow, 3 runs; nothing was left after 34.5 s.",
  );
  expect(receiptWords({ ...asked, refused: "mail_leaves" })).toBe(
    "Ada Admin asked for it; nothing was erased. A mail to the candidate has not left yet.",
  );
});
