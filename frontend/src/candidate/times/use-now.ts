/** The present, again every few seconds: a door that opens at a time opens by itself. */
import { useEffect, useState } from "react";

const LOOK_MS = 5000;

export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
