/** The zone times are shown in: the one that was chosen, else the device's, else the best guess. */
import { useCallback, useState } from "react";
import { recall, remember } from "@/lib/storage";
import { deviceZone, isZone } from "./zones";

const KEY = "interloop:zone";

export function useZone(guess: string): [zone: string, choose: (zone: string) => void] {
  const [zone, setZone] = useState(() => {
    const kept = recall(KEY);
    return kept && isZone(kept) ? kept : (deviceZone() ?? guess);
  });
  const choose = useCallback((next: string) => {
    remember(KEY, next === deviceZone() ? null : next);
    setZone(next);
  }, []);
  return [zone, choose];
}
