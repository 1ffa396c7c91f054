/** Choosing: a time is chosen, put aside, confirmed; whatever goes wrong is told and costs nothing. */
import { useEffect, useRef, useState } from "react";
import { go } from "../address";
import { confirmTime, getSchedule, holdTime, Refused, type Schedule } from "../api";
import type { PageProps } from "../app";
import { remember } from "../memory";
import { Holder, type HoldState } from "./holder";
import { type Trouble, troubleOf } from "./trouble";

export type Problem = { trouble: Trouble; time: string };

/** Who goes through times by keyboard asks only for the one they stay at. */
const SETTLE_MS = 400;

/** What the next page tells first. */
export const NEWS = "interloop:time-news";

type Input = PageProps & { zone: string; look: () => Promise<void> };

export function useChooser({ standing, onChange, zone, look }: Input) {
  const { hold: before, appointment } = standing.schedule;
  const [own] = useState(before && !before.proposed ? before : null);
  const [chosen, setChosen] = useState<string | null>(own?.starts_at ?? null);
  const [hold, setHold] = useState<HoldState>({ at: "none" });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const timer = useRef(0);
  const fail = (time: string, error: unknown) => {
    const trouble = troubleOf(error);
    setProblem({ trouble, time });
    if (trouble === "taken" || trouble === "near") {
      setChosen(null);
      void look();
    } else if (trouble !== "away") void onChange();
  };
  const now = useRef({ zone, fail });
  now.current = { zone, fail };
  const [holder] = useState(
    () =>
      new Holder({
        put: (time) => holdTime(time, now.current.zone),
        now: () => performance.now(),
        tell: (state) => {
          setHold(state);
          if (state.at === "refused") now.current.fail(state.time, state.error);
        },
      }),
  );
  useEffect(() => {
    if (own) holder.know(own);
    return () => clearTimeout(timer.current);
  }, [holder, own]);

  const choose = (time: string) => {
    setChosen(time);
    setProblem(null);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => holder.want(time), SETTLE_MS);
  };
  const done = async (schedule: Schedule) => {
    remember(NEWS, appointment ? "moved" : "booked");
    await onChange({ schedule });
    go("time");
    void onChange();
  };
  const confirm = async () => {
    if (chosen === null || busy) return;
    clearTimeout(timer.current);
    setBusy(true);
    setProblem(null);
    try {
      await done(await take(holder, chosen, zone));
    } catch (error) {
      // The answer may have been lost on the way, not the booking.
      const stands = await getSchedule().catch(() => null);
      if (stands?.appointment?.starts_at === chosen) return done(stands);
      fail(chosen, error);
      setBusy(false);
    }
  };
  return { chosen, hold, problem, busy, choose, confirm };
}

/** Confirm what is put aside; what ran out meanwhile is put aside anew while it is free. */
async function take(holder: Holder, time: string, zone: string): Promise<Schedule> {
  try {
    return await confirmTime(await holder.have(time), zone);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "hold_expired") throw error;
    return confirmTime(await holder.have(time, true), zone);
  }
}
