/** The rules while they are edited: nothing is saved before somebody presses Save. */
import { useState } from "react";
import { ApiError } from "@/api/client";
import type { JobPolicy } from "@/api/types";
import {
  changedRules,
  type Draft,
  draftOf,
  isSame,
  onTop,
  type Problems,
  policyOf,
  problemsOf,
} from "./draft";
import { useSavePolicy } from "./queries";
import { labelOf } from "./rules";

export type Editing = {
  draft: Draft;
  change: (next: Partial<Draft>) => void;
  problems: Problems;
  dirty: boolean;
  saving: boolean;
  save: (onDone: () => void) => void;
  drop: () => void;
  /** What somebody else changed meanwhile, while there are changes here; empty: nothing. */
  theirs: readonly string[];
  /** Go on from theirs, with what was changed here on top. */
  merge: () => void;
  error: string | null;
};

export function useEditing(jobId: string, policy: JobPolicy, defaults: JobPolicy): Editing {
  const [base, setBase] = useState(policy);
  const [draft, setDraft] = useState(() => draftOf(policy));
  const saving = useSavePolicy(jobId);
  const mine = problemsOf(draft);
  const whole = Object.keys(mine).length === 0;
  const dirty = !whole || !isSame(policyOf(draft, base, defaults), base);
  const moved = !isSame(policy, base);
  const start = (from: JobPolicy) => {
    setBase(from);
    setDraft(draftOf(from));
  };
  // Who has changed nothing simply sees what stands now.
  if (moved && !dirty && !saving.isPending) start(policy);
  const said = fieldsOf(saving.error);
  const theirs = dirty && !saving.isPending ? changedRules(policy, base).map(labelOf) : [];
  const merge = () => {
    setBase(policy);
    // What is not whole yet stays as it was typed.
    if (whole) setDraft(draftOf(onTop(policyOf(draft, base, defaults), base, policy)));
    saving.reset();
  };
  return {
    draft,
    change: (next) => {
      setDraft((before) => ({ ...before, ...next }));
      if (saving.isError) saving.reset();
    },
    problems: { ...said, ...mine },
    dirty,
    saving: saving.isPending,
    save: (onDone) =>
      saving.mutate(
        { policy: policyOf(draft, base, defaults), seen: base },
        {
          onSuccess: (saved) => {
            start(saved.policy);
            onDone();
          },
        },
      ),
    drop: () => {
      start(policy);
      saving.reset();
    },
    theirs,
    merge,
    error: saving.error && !isMoved(saving.error) ? errorWords(saving.error, said) : null,
  };
}

/** Told where it belongs: beside what they changed. */
const isMoved = (error: Error): boolean =>
  error instanceof ApiError && error.code === "rules_moved";

/** What the server says about single fields: "body.policy.slot" is the field "slot". */
function fieldsOf(error: Error | null): Problems {
  if (!(error instanceof ApiError)) return {};
  const fields = error.problem.fields ?? [];
  return Object.fromEntries(
    fields.map(({ field, message }) => [field.replace(/^body(\.policy)?\.?/, ""), message]),
  );
}

function errorWords(error: Error, said: Problems): string {
  const whole = said[""];
  if (whole) return `${whole}. Nothing was changed.`;
  if (Object.keys(said).length > 0) return "See what is said beside the fields.";
  return `${error.message}. Your changes are still on this screen.`;
}
