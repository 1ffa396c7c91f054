/** What is being added to the recording, in plain words. */
import { counted } from "../dates";
import { Note } from "../layout";
import type { Progress } from "./backfill";
import type { Source } from "./pieces";

type Props = {
  progress: Progress;
  /** In the room a moment's loss is not worth a word. */
  fromSeconds?: number;
};

export function Healing({ progress, fromSeconds = 1 }: Props) {
  const small = "seconds" in progress && progress.seconds < fromSeconds;
  const said = small ? null : sentence(progress);
  return (
    <>
      {/* Said once as it begins and ends; the count would be read out again and again. */}
      <p role="status" className="sr-only">
        {small ? null : announced(progress)}
      </p>
      {said && (
        <Note tone={progress.at === "waiting" ? "plain" : "info"}>
          <p>{said}</p>
        </Note>
      )}
    </>
  );
}

/** True when something of this device was added to the recording. */
export const addedAny = ({ added }: Extract<Progress, { at: "whole" }>): boolean =>
  added.microphone + added.camera > 0;

function sentence(progress: Progress): string | null {
  switch (progress.at) {
    case "looking":
      return null;
    case "adding":
      return `We are adding ${amount(progress)} that did not get through.`;
    case "waiting":
      return `${amount(progress)} did not get through yet. They are kept here and added when the line is better.`;
    case "whole":
      if (progress.added.microphone > 0) return "Everything you said has arrived.";
      return progress.added.camera > 0 ? "All of your picture has arrived." : null;
  }
}

const amount = ({ what, seconds }: { what: Source; seconds: number }): string =>
  counted(seconds, "second") + (what === "camera" ? " of your picture" : "");

function announced(progress: Progress): string | null {
  if (progress.at === "adding") return "We are adding what did not get through.";
  if (progress.at === "waiting") return "Some seconds are kept here until the line is better.";
  return sentence(progress);
}
