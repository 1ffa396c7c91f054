/** What was chosen, how long it is still put aside, and the word that takes it. */
import { useEffect, useReducer } from "react";
import { Button, Icon } from "@/ui";
import { day } from "../dates";
import type { Standing } from "../where";
import type { Slot } from "./days";
import { type HoldState, minutesLeft } from "./holder";
import { spanWords, whoWords } from "./words";
import { zoneWords } from "./zones";

type Props = {
  slots: readonly Slot[];
  chosen: string | null;
  hold: HoldState;
  busy: boolean;
  zone: string;
  standing: Standing;
  confirm: () => void;
};

export function Choice({ slots, chosen, hold, busy, zone, standing, confirm }: Props) {
  const { schedule, invitation } = standing;
  const slot = slots.find((each) => each.starts_at === chosen);
  const minutes = useMinutesLeft(hold);
  if (!slot) return null;
  const state = hold.at !== "none" && hold.time === slot.starts_at ? hold.at : "asking";
  return (
    <section
      aria-label="Your choice"
      className="panel bottom-2 z-5 grid [@media(min-height:600px)]:sticky gap-3 p-4 shadow-float md:static! md:self-start md:p-5 md:shadow-none"
    >
      <div>
        <p className="num text-17 font-strong sm:text-20 sm:tracking-[-0.01em]">
          {day(slot.starts_at, zone)},{" "}
          <span className="whitespace-nowrap">{spanWords(slot, zone)}</span>
        </p>
        <p className="text-14 text-ink-2 sm:text-17">
          {zoneWords(zone)} · {whoWords(schedule, invitation.organization)}
        </p>
        <p className="num mt-1 flex items-center gap-1.5 text-14 text-ink-2">
          <Icon name="clock" />
          {holdWords(state, minutes)}
        </p>
        <p role="status" className="sr-only">
          {spoken(state, minutes)}
        </p>
      </div>
      <Button variant="primary" size="l" onClick={confirm} aria-disabled={busy}>
        {busy ? "Confirming…" : schedule.appointment ? "Move to this time" : "Confirm this time"}
      </Button>
    </section>
  );
}

const LOOK_MS = 5000;

/** Whole minutes for which the time is still put aside. */
function useMinutesLeft(hold: HoldState): number {
  const until = hold.at === "held" ? hold.until : 0;
  const [, look] = useReducer((looks: number) => looks + 1, 0);
  useEffect(() => {
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return minutesLeft(until, performance.now());
}

function holdWords(state: HoldState["at"], minutes: number): string {
  if (state === "asking" || state === "none") return "Putting it aside for you…";
  if (state === "refused") return "Not put aside yet.";
  if (minutes === 0) return "Not put aside any more. You can still confirm it while it is free.";
  return `Put aside for you: ${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
}

/** What is said aloud: not each minute. */
function spoken(state: HoldState["at"], minutes: number): string {
  if (state !== "held") return "";
  if (minutes === 0) return holdWords(state, 0);
  return minutes <= 2
    ? "Put aside for you for two more minutes."
    : "Put aside for you for ten minutes.";
}
