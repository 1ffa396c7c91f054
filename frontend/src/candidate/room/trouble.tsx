/** Help inside the room: each trouble with its own way out, and a person at the end. */
import { Button, Dialog } from "@/ui";
import type { PageProps } from "../app";
import { Fixes } from "../device/fixes";
import type { Held } from "../device/use-device";
import { AskPerson } from "../pages/ask-person";
import { Elsewhere } from "../pages/elsewhere";
import { Choice } from "../pages/withdraw";
import type { Way } from "./state";

type Props = PageProps & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  microphone: Held;
  onHear: () => void;
  /** How the voice goes now; null while it does not. */
  way: Way | null;
  onSwitch: () => void;
  onAgain: () => void;
  onType: () => void;
};

export function Trouble(props: Props) {
  const { open, onOpenChange, microphone, standing, onChange } = props;
  const { contact } = standing.invitation;
  const then = (act: () => void) => () => {
    onOpenChange(false);
    act();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="What is wrong?"
      description="Your answers so far are saved. Take the time you need."
    >
      <div className="grid">
        <Choice title="I hear nothing" text="Check that the sound of this device is on.">
          <Button size="touch" onClick={then(props.onHear)}>
            Play the sound
          </Button>
        </Choice>
        {microphone.failure ? (
          <div className="border-t border-line py-5">
            <Fixes
              device="microphone"
              failure={microphone.failure}
              onRetry={() => void microphone.open()}
            />
          </div>
        ) : (
          <Choice title="I am not heard" text="Open the microphone anew.">
            <Button size="touch" onClick={then(() => void microphone.open())}>
              Open the microphone
            </Button>
          </Choice>
        )}
        {props.way && (
          <Choice
            title="The sound breaks up"
            text={
              props.way === "wire"
                ? "It goes the long way now, because this network blocks the short one. Try the short one again."
                : "Send it the long way: a little slower, but networks seldom disturb it."
            }
          >
            <Button size="touch" onClick={then(props.onSwitch)}>
              {props.way === "wire" ? "Try the short way" : "Take the long way"}
            </Button>
          </Choice>
        )}
        <Choice title="Something hangs" text="Connect again. Your place and your words are kept.">
          <Button size="touch" onClick={then(props.onAgain)}>
            Connect again
          </Button>
        </Choice>
        <Choice title="I would rather write" text="Typed answers count the same.">
          <Button size="touch" onClick={then(props.onType)}>
            Type instead
          </Button>
        </Choice>
        <div className="grid gap-2 border-t border-line py-5">
          <h3 className="font-strong">Another device works better</h3>
          <Elsewhere />
        </div>
        <Choice
          title="Nothing helps"
          text={
            contact
              ? `Write to ${contact.name}: ${contact.email}. Or speak to a person instead of the AI interviewer.`
              : "Speak to a person instead of the AI interviewer."
          }
        >
          <AskPerson
            standing={standing}
            onChange={onChange}
            label="Speak to a person"
            size="touch"
          />
        </Choice>
      </div>
    </Dialog>
  );
}
