/** A keyboard cursor over a list: `j` and `k` move it, Enter opens where it stands. */
import { useEffect, useState } from "react";
import { type Shortcut, useShortcuts } from "@/shell/shortcuts";
import { step } from "./move";

export function useCursor(length: number, onOpen: (index: number) => void, what: string): number {
  const [at, setAt] = useState(-1);
  useEffect(() => setAt((now) => Math.min(now, length - 1)), [length]);
  useEffect(() => {
    if (at < 0) return;
    const row = document.querySelector("[data-selected]");
    row?.scrollIntoView({ block: "nearest" });
    // The focus goes along: Enter opens what is focused, and a screen reader says where one is.
    row?.querySelector<HTMLElement>("a, button")?.focus({ preventScroll: true });
  }, [at]);
  const list: Shortcut[] = [
    { key: "j", label: `Next ${what}`, run: () => setAt(step(at, 1, length)) },
    { key: "k", label: `Previous ${what}`, run: () => setAt(step(at, -1, length)) },
    { key: "Enter", label: `Open the ${what}`, run: () => at >= 0 && onOpen(at) },
  ];
  useShortcuts(length > 0 ? list : []);
  return at;
}
