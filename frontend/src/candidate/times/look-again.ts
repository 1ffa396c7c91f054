/** Looks again now and then, and when somebody comes back to the page: times are taken by others. */
import { useEffect } from "react";

export const MINUTE_MS = 60_000;

export function useLookAgain(look: () => unknown, everyMs = MINUTE_MS): void {
  useEffect(() => {
    const lookIfSeen = () => document.visibilityState === "visible" && void look();
    const timer = setInterval(lookIfSeen, everyMs);
    document.addEventListener("visibilitychange", lookIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", lookIfSeen);
    };
  }, [look, everyMs]);
}
