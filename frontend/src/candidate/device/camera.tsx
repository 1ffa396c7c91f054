/** The camera: off until it is wanted, and never needed. */
import { useEffect, useRef } from "react";
import { Button, Icon } from "@/ui";
import { Note, Section, StateChip } from "../layout";
import { Fixes } from "./fixes";
import { useDevice } from "./use-device";

/** `recorded`: the candidate agreed to that. */
export function Camera({ recorded }: { recorded: boolean }) {
  const { stream, failure, opening, open, shut } = useDevice("camera");
  return (
    <Section title="Camera" beside={<CameraChip on={!!stream} failed={!!failure} />}>
      <div className="grid w-full items-start gap-4 sm:grid-cols-[240px_1fr] sm:gap-6">
        <Picture stream={stream} />
        <div className="grid justify-items-start gap-3">
          {failure ? (
            <Fixes device="camera" failure={failure} onRetry={() => void open()} />
          ) : (
            <Button size="touch" onClick={() => (stream ? shut() : void open())}>
              {stream ? "Turn the camera off" : opening ? "Opening…" : "Turn the camera on"}
            </Button>
          )}
        </div>
      </div>
      <Note tone="plain">
        <p>
          The camera is your choice. Without it, the interview and the marks are the same.
          {recorded
            ? " If it is on in the room, your picture is recorded; you can turn it off there."
            : " The picture stays in this browser; only you see it."}
        </p>
      </Note>
    </Section>
  );
}

function CameraChip({ on, failed }: { on: boolean; failed: boolean }) {
  if (on) return <StateChip tone="good">On</StateChip>;
  return (
    <StateChip tone={failed ? "trouble" : "plain"}>{failed ? "Not working" : "Off"}</StateChip>
  );
}

/** One's own picture, mirrored as one is used to. */
export function Picture({ stream }: { stream: MediaStream | null }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    <div className="grid aspect-video w-full place-items-center overflow-hidden rounded-m border border-line bg-sunken text-ink-2">
      {stream ? (
        <video
          ref={video}
          autoPlay
          muted
          playsInline
          aria-label="Your own picture"
          className="size-full -scale-x-100 object-cover"
        />
      ) : (
        <div className="grid justify-items-center gap-2 text-14">
          <Icon name="cameraOff" size={24} />
          No picture
        </div>
      )}
    </div>
  );
}
