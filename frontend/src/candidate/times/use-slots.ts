/** The times that are free now, seen from a zone; kept while a newer list is asked for. */
import { useCallback, useEffect, useRef, useState } from "react";
import { getSlots, Refused } from "../api";
import type { Slot } from "./days";
import { useLookAgain } from "./look-again";

export type Found =
  | { at: "loading" }
  | { at: "here"; slots: readonly Slot[] }
  /** No time may be chosen now. */
  | { at: "closed" }
  | { at: "away" };

export function useSlots(zone: string): [Found, () => Promise<void>] {
  const [{ of, found }, setFound] = useState({ of: zone, found: LOADING });
  const asked = useRef(0);
  const look = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    const next = await ask(zone);
    if (mine !== asked.current) return;
    setFound((before) => {
      const stale = next.at === "away" && before.found.at === "here" && before.of === zone;
      return stale ? before : { of: zone, found: next };
    });
  }, [zone]);
  useEffect(() => void look(), [look]);
  useLookAgain(look);
  // What the AI offers in one zone it may not offer in another.
  return [of === zone ? found : LOADING, look];
}

const LOADING: Found = { at: "loading" };

async function ask(zone: string): Promise<Found> {
  try {
    return { at: "here", slots: (await getSlots(zone)).slots };
  } catch (error) {
    return { at: error instanceof Refused && error.status === 409 ? "closed" : "away" };
  }
}
