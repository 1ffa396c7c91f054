/** One's hours while they are edited: nothing is saved before somebody presses Save. */
import { useEffect, useState } from "react";
import { ApiError } from "@/api/client";
import type { WeeklyHours } from "@/api/types";
import { ownZone } from "@/features/scheduling/instants";
import { useSaveHours } from "./queries";
import { problemsOf, rulesOf, type Week, weekOf } from "./week";

export type Draft = { zone: string; week: Week; daysOff: readonly string[]; cap: string };

const PAUSE_MS = 400;
const MOST_A_DAY = 24;

type Saved = { hours: WeeklyHours; saved_at: string | null };

const draftOf = ({ hours, saved_at }: Saved): Draft => ({
  // Who never said a zone most likely works where they sit.
  zone: saved_at ? hours.zone : ownZone(),
  week: weekOf(hours.rules),
  daysOff: hours.days_off,
  cap: String(hours.daily_cap),
});

const hoursOf = ({ zone, week, daysOff, cap }: Draft): WeeklyHours => ({
  zone,
  rules: rulesOf(week),
  days_off: [...daysOff],
  daily_cap: Number(cap),
});

function problems(draft: Draft): Record<string, string> {
  const { cap } = draft;
  const fits = /^\d+$/.test(cap.trim()) && Number(cap) >= 1 && Number(cap) <= MOST_A_DAY;
  return {
    ...problemsOf(draft.week),
    ...(!fits && { cap: `A whole number from 1 to ${MOST_A_DAY}.` }),
  };
}

export function useHoursEditing(given: Saved) {
  const [base, setBase] = useState(given);
  const [draft, setDraft] = useState(() => draftOf(given));
  const saving = useSaveHours();
  const wrong = problems(draft);
  const whole = Object.keys(wrong).length === 0;
  const hours = hoursOf(draft);
  const dirty = JSON.stringify(hours) !== JSON.stringify(hoursOf(draftOf(base)));
  const start = (from: Saved) => {
    setBase(from);
    setDraft(draftOf(from));
  };
  // Saved in another window: who has changed nothing here simply sees it.
  if (given.saved_at !== base.saved_at && !dirty && !saving.isPending) start(given);
  const shown = useSettled(whole ? hours : null);
  return {
    draft,
    change: (next: Partial<Draft>) => {
      setDraft((before) => ({ ...before, ...next }));
      if (saving.isError) saving.reset();
    },
    problems: wrong,
    whole,
    dirty,
    /** What the preview is about: the last hours that were whole, a moment after they were typed. */
    shown,
    saving: saving.isPending,
    error: saving.error && whyNot(saving.error),
    save: (onDone: () => void) =>
      saving.mutate(hours, {
        onSuccess: (saved) => {
          start(saved);
          onDone();
        },
      }),
    drop: () => start(given),
  };
}

function useSettled(hours: WeeklyHours | null): WeeklyHours | null {
  const text = hours && JSON.stringify(hours);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled === null ? null : (JSON.parse(settled) as WeeklyHours);
}

function whyNot(error: Error): string {
  if (error instanceof ApiError && error.code === "hours_overlap")
    return "Two stretches of one day share time. Nothing was changed.";
  return `${error.message}. Your changes are still on this screen.`;
}
