/** Single keys: a page says which it knows, `?` shows them, and they can be switched off. */
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { matchesKey } from "@/lib/keys";
import { recall, remember } from "@/lib/storage";

export type Shortcut = { key: string; label: string; run: () => void };

type Registry = {
  add: (list: readonly Shortcut[]) => () => void;
  known: () => readonly Shortcut[];
  enabled: boolean;
  setEnabled: (enabled: boolean) => void;
};

const Context = createContext<Registry | null>(null);
const STORED = "shortcuts";

export function ShortcutProvider({ children }: { children: ReactNode }) {
  const lists = useRef(new Set<readonly Shortcut[]>());
  const [enabled, setStored] = useState(() => recall(STORED) !== "off");
  const add = useCallback((list: readonly Shortcut[]) => {
    lists.current.add(list);
    return () => void lists.current.delete(list);
  }, []);
  const known = useCallback(() => [...lists.current].flat(), []);
  const setEnabled = useCallback((on: boolean) => {
    remember(STORED, on ? "on" : "off");
    setStored(on);
  }, []);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // What was registered last, the page, wins over what was there before it, the shell.
      const found = known().findLast((shortcut) => matchesKey(event, shortcut.key, enabled));
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [known, enabled]);

  const registry = useMemo(
    () => ({ add, known, enabled, setEnabled }),
    [add, known, enabled, setEnabled],
  );
  return <Context value={registry}>{children}</Context>;
}

export function useShortcutRegistry(): Registry {
  const registry = use(Context);
  if (!registry) throw new Error("shortcuts need their provider");
  return registry;
}

/** Register the keys of a page or part for as long as it is mounted. */
export function useShortcuts(list: readonly Shortcut[]): void {
  const { add } = useShortcutRegistry();
  const latest = useRef(list);
  latest.current = list;
  const shape = list.map((shortcut) => `${shortcut.key}\n${shortcut.label}`).join("\n\n");
  useEffect(() => {
    const lines = shape === "" ? [] : shape.split("\n\n");
    return add(
      lines.map((line, index) => {
        const [key = "", label = ""] = line.split("\n");
        return { key, label, run: () => latest.current[index]?.run() };
      }),
    );
  }, [add, shape]);
}
