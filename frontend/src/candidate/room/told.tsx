/** What the candidate is told at once, under the sign. */
import { Button } from "@/ui";
import type { Failure } from "../device/failure";
import { Note } from "../layout";
import { pictureState } from "./picture";
import type { View } from "./state";

type Props = {
  view: View;
  silenced: boolean;
  failure: Failure | null;
  onUnsilence: () => void;
  onTrouble: () => void;
};

export function Told({ view, silenced, failure, onUnsilence, onTrouble }: Props) {
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
          <p>The line is weak. What you said is kept; if words are missing, you can type them.</p>
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
