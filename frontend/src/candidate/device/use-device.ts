/** One microphone or camera on a page: open, failed or off, and opened again when it may be. */
import { useCallback, useEffect, useRef, useState } from "react";
import { close, kept, openDevice } from "./devices";
import type { Device, Failure } from "./failure";

export type Held = {
  stream: MediaStream | null;
  failure: Failure | null;
  opening: boolean;
  open: (deviceId?: string) => Promise<void>;
  shut: () => void;
};

export function useDevice(device: Device): Held {
  const [stream, setStream] = useState<MediaStream | null>(kept[device]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [opening, setOpening] = useState(false);
  const latest = useRef(0);

  const put = useCallback(
    (next: MediaStream | null) => {
      if (kept[device] !== next) close(kept[device]);
      kept[device] = next;
      setStream(next);
    },
    [device],
  );
  const open = useCallback(
    async (deviceId?: string) => {
      latest.current += 1;
      const mine = latest.current;
      setOpening(true);
      const opened = await openDevice(device, deviceId);
      if (mine !== latest.current) return close(opened.stream);
      put(opened.stream);
      setFailure(opened.failure);
      setOpening(false);
    },
    [device, put],
  );
  const shut = useCallback(() => {
    latest.current += 1;
    put(null);
    setFailure(null);
    setOpening(false);
  }, [put]);

  useWhenAllowed(device, failure === "blocked", open);
  useEffect(() => {
    const track = stream?.getTracks()[0];
    const gone = () => {
      put(null);
      setFailure("missing");
    };
    track?.addEventListener("ended", gone);
    return () => track?.removeEventListener("ended", gone);
  }, [stream, put]);
  return { stream, failure, opening, open, shut };
}

/** Opens the device by itself once the person allowed it in the browser. */
function useWhenAllowed(device: Device, blocked: boolean, open: () => Promise<void>): void {
  useEffect(() => {
    if (!blocked) return;
    let status: PermissionStatus | null = null;
    const changed = () => void (status?.state !== "denied" && open());
    // Some browsers do not know these names; there "Try again" is the way.
    navigator.permissions
      ?.query({ name: device as PermissionName })
      .then((found) => {
        status = found;
        found.addEventListener("change", changed);
      })
      .catch(() => {});
    return () => status?.removeEventListener("change", changed);
  }, [device, blocked, open]);
}
