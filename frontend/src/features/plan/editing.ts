/** A draft being edited: saved by itself once it is whole and nothing was typed for a moment. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "@/api/client";
import type { JobPlan, Plan } from "@/api/types";
import { planQuery, usePublish, useSaveDraft } from "@/features/jobs/queries";
import { problems } from "./draft";

const PAUSE_MS = 900;

export type SaveState = "saved" | "saving" | "waiting" | "incomplete" | "failed";

export type Editing = {
  draft: Plan;
  change: (next: (plan: Plan) => Plan) => void;
  state: SaveState;
  error: Error | null;
  /** Somebody else saved in between: this screen's revision is an old one. */
  stale: boolean;
  reload: () => void;
  save: () => void;
  mayPublish: boolean;
  publishing: boolean;
  publish: (onDone: () => void) => void;
};

export function useEditing(jobId: string, plan: JobPlan): Editing {
  const client = useQueryClient();
  const [draft, setDraft] = useState(plan.draft.plan);
  const [saved, setSaved] = useState(plan.draft);
  const saving = useSaveDraft(jobId);
  const publishing = usePublish(jobId);
  const dirty = draft !== saved.plan;
  const whole = problems(draft).length === 0;
  const error = saving.error ?? publishing.error;
  const stale = error instanceof ApiError && error.status === 409;

  const sending = useRef(draft);
  const { mutate } = saving;
  const save = useCallback(() => {
    sending.current = draft;
    mutate(
      { plan: draft, revision: saved.revision },
      // What was typed while it was on its way stays dirty against what was sent.
      { onSuccess: ({ revision }) => setSaved({ revision, plan: sending.current }) },
    );
  }, [draft, saved.revision, mutate]);

  const mustSave = dirty && whole && !saving.isPending && !saving.isError;
  useEffect(() => {
    if (!mustSave) return;
    const timer = setTimeout(save, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [mustSave, save]);
  useLeaveWarning(dirty);

  const reload = async () => {
    await client.refetchQueries({ queryKey: planQuery(jobId).queryKey, exact: true });
    const fresh = client.getQueryData<JobPlan>(planQuery(jobId).queryKey);
    if (!fresh) return;
    saving.reset();
    publishing.reset();
    setDraft(fresh.draft.plan);
    setSaved(fresh.draft);
  };

  return {
    draft,
    change: (next) => {
      if (saving.isError && !stale) saving.reset();
      setDraft(next);
    },
    state: saveState({ dirty, whole, failed: saving.isError, busy: saving.isPending }),
    error,
    stale,
    reload: () => void reload(),
    save,
    mayPublish: whole && !dirty && !saving.isPending && !publishing.isPending,
    publishing: publishing.isPending,
    publish: (onDone) =>
      publishing.mutate(saved.revision, {
        onSuccess: (after) => {
          setDraft(after.draft.plan);
          setSaved(after.draft);
          onDone();
        },
      }),
  };
}

type Flags = { dirty: boolean; whole: boolean; failed: boolean; busy: boolean };

export function saveState({ dirty, whole, failed, busy }: Flags): SaveState {
  if (busy) return "saving";
  if (!dirty) return "saved";
  if (failed) return "failed";
  return whole ? "waiting" : "incomplete";
}

/** The browser asks before the window closes while something is not saved. */
function useLeaveWarning(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);
}
