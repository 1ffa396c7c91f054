/** Keeps the turn with the button or with Space, and tells the gateway. */
import { useCallback, useEffect, useRef, useState } from "react";
import { FREE, type Hold, press, release } from "./hold";
import type { RoomSession } from "./session";

const TYPES_OR_PRESSES = "input, textarea, select, button, a, [role=dialog]";

export function useHold(session: RoomSession, possible: boolean) {
  const [hold, setHold] = useState<Hold>(FREE);
  const latest = useRef(FREE);
  const move = useCallback(
    (next: Hold) => {
      if (next.on !== latest.current.on) session.act(next.on ? "hold" : "release");
      latest.current = next;
      setHold(next);
    },
    [session],
  );
  const onPress = useCallback(() => move(press(latest.current, performance.now())), [move]);
  const onRelease = useCallback(() => move(release(latest.current, performance.now())), [move]);

  useEffect(() => {
    if (!possible) return move(FREE);
    const aside = (event: KeyboardEvent) =>
      event.code !== "Space" || (event.target as Element).closest(TYPES_OR_PRESSES) !== null;
    const down = (event: KeyboardEvent) => {
      if (aside(event)) return;
      event.preventDefault();
      if (!event.repeat) onPress();
    };
    const up = (event: KeyboardEvent) => !aside(event) && onRelease();
    addEventListener("keydown", down);
    addEventListener("keyup", up);
    return () => {
      removeEventListener("keydown", down);
      removeEventListener("keyup", up);
    };
  }, [possible, move, onPress, onRelease]);
  return { hold, onPress, onRelease };
}
