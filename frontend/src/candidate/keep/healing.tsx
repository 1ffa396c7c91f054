/** What is being added to the recording, in plain words. */
import { counted } from "../dates";
import { Note } from "../layout";
import type { Progress } from "./backfill";

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

function sentence(progress: Progress): string | null {
  switch (progress.at) {
    case "looking":
      return null;
    case "adding":
      return `We are adding ${counted(progress.seconds, "second")} that did not get through.`;
    case "waiting":
      return `${counted(progress.seconds, "second")} did not get through yet. They are kept here and added when the line is better.`;
    case "whole":
      return progress.added > 0 ? "Everything you said has arrived." : null;
  }
}

function announced(progress: Progress): string | null {
  if (progress.at === "adding") return "We are adding what did not get through.";
  if (progress.at === "waiting") return "Some seconds are kept here until the line is better.";
  return sentence(progress);
}
