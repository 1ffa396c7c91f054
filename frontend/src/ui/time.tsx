/** An instant: relative to read, exact on hover. */
import { useEffect, useState } from "react";
import { exactTime, relativeTime } from "@/lib/time";

export function RelativeTime({ at, suffix = "" }: { at: string; suffix?: string }) {
  const now = useMinute();
  return (
    <time dateTime={at} title={exactTime(at)}>
      {relativeTime(at, now)}
      {suffix}
    </time>
  );
}

/** The present, again each minute. */
export function useMinute(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
