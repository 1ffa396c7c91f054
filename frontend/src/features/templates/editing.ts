/** What is typed in the template editor, and whether it is saved. */
import { useCallback, useEffect, useState } from "react";
import { ApiError } from "@/api/client";
import type { Template } from "@/api/types";
import { usePublishTemplate, useSaveTemplate, type Which, type Words } from "./queries";

const PAUSE_MS = 800;

export function useTemplateEditing(which: Which, template: Template) {
  const [words, setWords] = useState<Words>(wordsOf(template));
  const [saved, setSaved] = useState(template.draft);
  const saving = useSaveTemplate(which);
  const publishing = usePublishTemplate(which);
  const dirty = words.subject !== saved.subject || words.text !== saved.text;
  const error = saving.error ?? publishing.error;
  const stale = error instanceof ApiError && error.status === 409;

  const { mutate } = saving;
  const save = useCallback(() => {
    mutate({ ...words, revision: saved.revision }, { onSuccess: (draft) => setSaved(draft) });
  }, [words, saved.revision, mutate]);

  const mustSave = dirty && !saving.isPending && !saving.isError;
  useEffect(() => {
    if (!mustSave) return;
    const timer = setTimeout(save, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [mustSave, save]);

  return {
    words,
    change: (next: Words) => {
      if (saving.isError && !stale) saving.reset();
      setWords(next);
    },
    dirty,
    saving: saving.isPending,
    error,
    stale,
    begun: saved.revision > 0,
    publishing: publishing.isPending,
    publish: (onDone: (version: number) => void) =>
      publishing.mutate(saved.revision, {
        onSuccess: (after) => {
          setWords(wordsOf(after));
          setSaved(after.draft);
          onDone(after.version);
        },
      }),
  };
}

const wordsOf = ({ draft }: Template): Words => ({ subject: draft.subject, text: draft.text });
