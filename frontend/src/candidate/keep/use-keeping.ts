/** Keeps voice and picture while a page of the room is open, and hands in what is missing anywhere. */
import { useEffect, useRef, useState } from "react";
import { sendPiece, whatIsMissing } from "../api";
import { recall, remember } from "../memory";
import { pictureState } from "../room/picture";
import type { RoomSession } from "../room/session";
import type { View } from "../room/state";
import { Backfill, type BackfillParts, type Progress } from "./backfill";
import { Keeper, type Keeps } from "./keeper";
import type { Source } from "./pieces";
import { NOTHING_KEPT, Shelf } from "./store";

type Keeping = {
  keeps: Keeps;
  /** The picture is being kept at this moment. */
  keepsPicture: boolean;
  progress: Progress;
};
type Input = {
  interview: string;
  session: RoomSession;
  microphone: MediaStream | null;
  camera: MediaStream | null;
};

/** Whether the interview was recorded when this tab was loaded anew. */
const KEEPING = "interloop:keeping";

export function useKeeping({ interview, session, microphone, camera }: Input): Keeping {
  const [keeps, setKeeps] = useState<Keeps>("unknown");
  const [keepsPicture, setKeepsPicture] = useState(false);
  const [progress, setProgress] = useState<Progress>({ at: "looking" });
  const devices = useRef({ microphone, camera });
  const follow = useRef(() => {});
  devices.current = { microphone, camera };
  useEffect(() => {
    const keeper = new Keeper(interview, { voice: setKeeps, picture: setKeepsPicture });
    follow.current = () => {
      const on = isRecorded(session.view());
      const { microphone, camera } = devices.current;
      keeper.listen(on ? microphone : null);
      // A picture goes beside the voice and to the recording only.
      const shown = on && microphone !== null && isShared(session.view());
      keeper.watch(shown ? (camera?.getVideoTracks()[0] ?? null) : null);
    };
    follow.current();
    const unwatch = session.watch(follow.current);
    const deaf = session.overhear((message) => {
      if (message.kind !== "pong") return;
      keeper.heard(message.at, message.clock_ms, session.view().epoch);
    });
    const mayRun = (source: Source) => isGood(session.view(), source);
    const stop = backfill(interview, { mayRun, paced: true, tell: setProgress });
    return () => {
      unwatch();
      deaf();
      stop();
      void keeper.stop();
    };
  }, [interview, session]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another device is kept at once
  useEffect(() => follow.current(), [microphone, camera]);
  return { keeps, keepsPicture, progress };
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
  const pictures = Shelf.open(interview, "camera").catch(() => NOTHING_KEPT);
  Promise.all([Shelf.open(interview, "microphone"), pictures]).then(
    ([microphone, camera]) => {
      if (stopped) {
        microphone.close();
        return camera.close();
      }
      running = new Backfill({
        kept: { microphone, camera },
        readings: () => microphone.readings(),
        wanted: (picture) => whatIsMissing(interview, picture),
        put: (piece, about) => sendPiece(interview, piece, about),
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

/** True where the gateway would take a picture: whatever the line carries of it. */
const isShared = ({ picture, sender }: View): boolean =>
  picture === "shared" && (sender?.agreed ?? true);

/** A line that has no room for a picture has none for an older one either. */
function isGood(view: View, source: Source): boolean {
  if (view.line !== "open" || view.weak || view.voice === "connecting") return false;
  return source === "microphone" || pictureState(view) !== "rests";
}
