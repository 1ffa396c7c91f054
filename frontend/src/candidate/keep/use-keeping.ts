/** Keeps the voice while a page of the room is open, and hands in what is missing on every page. */
import { useEffect, useRef, useState } from "react";
import { missingVoice, sendVoice } from "../api";
import { recall, remember } from "../memory";
import type { RoomSession } from "../room/session";
import type { View } from "../room/state";
import { Backfill, type BackfillParts, type Progress } from "./backfill";
import { Keeper, type Keeps } from "./keeper";
import { KeptVoice } from "./store";

type Keeping = { keeps: Keeps; progress: Progress };
type Input = { interview: string; session: RoomSession; microphone: MediaStream | null };

/** Whether the interview was recorded when this tab was loaded anew. */
const KEEPING = "interloop:keeping";

export function useKeeping({ interview, session, microphone }: Input): Keeping {
  const [keeps, setKeeps] = useState<Keeps>("unknown");
  const [progress, setProgress] = useState<Progress>({ at: "looking" });
  const mouth = useRef(microphone);
  const follow = useRef(() => {});
  mouth.current = microphone;
  useEffect(() => {
    const keeper = new Keeper(interview, setKeeps);
    follow.current = () => {
      const on = isRecorded(session.view());
      keeper.listen(on ? mouth.current : null);
    };
    follow.current();
    const unwatch = session.watch(follow.current);
    const deaf = session.overhear((message) => {
      if (message.kind !== "pong") return;
      keeper.heard(message.at, message.clock_ms, session.view().epoch);
    });
    const mayRun = () => isGood(session.view());
    const stop = backfill(interview, { mayRun, paced: true, tell: setProgress });
    return () => {
      unwatch();
      deaf();
      stop();
      void keeper.stop();
    };
  }, [interview, session]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another microphone is kept at once
  useEffect(() => follow.current(), [microphone]);
  return { keeps, progress };
}

/** Outside of the room the whole line is free. */
export function useBackfill(interview: string): Progress {
  const [progress, setProgress] = useState<Progress>({ at: "looking" });
  useEffect(
    () => backfill(interview, { mayRun: () => true, paced: false, tell: setProgress }),
    [interview],
  );
  return progress;
}

type How = Pick<BackfillParts, "mayRun" | "paced" | "tell">;

function backfill(interview: string, how: How): () => void {
  let running: Backfill | null = null;
  let stopped = false;
  KeptVoice.open(interview).then(
    (kept) => {
      if (stopped) return kept.close();
      running = new Backfill({
        kept,
        wanted: () => missingVoice(interview),
        put: (piece, clock) => sendVoice(interview, piece, clock),
        ...how,
      });
      void running.run();
    },
    // Nothing can be kept here, so nothing is to be handed in.
    () => {},
  );
  return () => {
    stopped = true;
    running?.stop();
  };
}

/** Not before the start, not in a pause, not afterwards: as the gateway records. */
function isRecorded({ room, line }: View): boolean {
  if (line === "over" || line === "replaced") return noted(false);
  if (!room) return recall(KEEPING) === "yes";
  const begun = room.question_no > 0 || room.phase !== "connecting";
  return noted(begun && !["waiting", "paused", "ended"].includes(room.phase));
}

function noted(on: boolean): boolean {
  remember(KEEPING, on ? "yes" : "");
  return on;
}

const isGood = (view: View): boolean =>
  view.line === "open" && !view.weak && view.voice !== "connecting";
