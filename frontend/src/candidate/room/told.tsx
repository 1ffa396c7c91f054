/** What the candidate is told at once, under the sign. */
import { Button } from "@/ui";
import type { Failure } from "../device/failure";
import type { Keeps } from "../keep/keeper";
import { Note } from "../layout";
import { pictureState } from "./picture";
import type { View } from "./state";

type Props = {
  view: View;
  /** Whether this device keeps a copy of the voice. */
  keeps: Keeps;
  silenced: boolean;
  failure: Failure | null;
  onUnsilence: () => void;
  onTrouble: () => void;
};

export function Told({ view, keeps, silenced, failure, onUnsilence, onTrouble }: Props) {
  return (
    <>
      {silenced && (
        <Note live>
          <p>Your browser keeps the sound back until you press a button.</p>
          <Button size="touch" onClick={onUnsilence}>
            Hear the interviewer
          </Button>
        </Note>
      )}
      {pictureState(view) === "rests" && (
        <Note tone="attention" live>
          <p>
            The line carries your voice alone for now, and your picture rests. It comes back by
            itself; it does not count against you.
          </p>
        </Note>
      )}
      {view.weak && (
        <Note tone="attention" live>
          <p>
            {keeps === "no"
              ? "The line is weak, and this browser cannot keep a copy of your voice. If words are missing, you can type them."
              : "The line is weak. What you say is kept on this device and added later; nothing is lost."}
          </p>
        </Note>
      )}
      {view.moving && (
        <Note live>
          <p>We move your room to another machine. It takes a few seconds and loses nothing.</p>
        </Note>
      )}
      {view.interviewerAway && (
        <Note tone="attention" live>
          <p>
            The interviewer’s voice is away for the moment, on our side. The interview goes on in
            writing: read the question and type your answer.
          </p>
        </Note>
      )}
      {view.voice === "failed" && (
        <Note tone="attention" live>
          <p>
            Your voice finds no way through this network. It is not your fault, and nothing is lost:
            type your answers, they count the same. We go on trying.
          </p>
          <Button size="touch" onClick={onTrouble}>
            See what helps
          </Button>
        </Note>
      )}
      {failure && (
        <Note tone="plain" live>
          <p>The microphone is not open. You can type every answer; it counts the same.</p>
          <Button size="touch" onClick={onTrouble}>
            See what helps
          </Button>
        </Note>
      )}
    </>
  );
}
