/** Cancel a time, or say that its interviewer cannot come; what follows is said before. */
import type { Appointment } from "@/api/types";
import { Banner, Button, Dialog, useToast } from "@/ui";
import { useCancelTime, useFindAnother } from "./queries";
import { whyNoTime } from "./refusals";
import { TwoZones } from "./two-zones";

type Props = {
  applicationId: string;
  name: string;
  time: Appointment;
  another: boolean;
  onClose: () => void;
};

export function GiveUpDialog({ applicationId, name, time, another, onClose }: Props) {
  const cancel = useCancelTime(applicationId);
  const find = useFindAnother(applicationId);
  const act = another ? find : cancel;
  const tell = useToast();
  const proposed = time.state === "held";
  const go = () =>
    act.mutate(undefined, {
      onSuccess: (list) => {
        const found = list.find(({ state }) => state === "booked");
        tell({ text: another ? foundWords(name, found) : `Given up. ${name} is told by mail.` });
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        another
          ? `${time.interviewer?.name ?? "The interviewer"} cannot come`
          : proposed
            ? "Take the proposal back?"
            : "Cancel this time?"
      }
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button variant={another ? "primary" : "danger"} onClick={go} disabled={act.isPending}>
            {another ? "Find another time" : proposed ? "Take it back" : "Cancel the time"}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {act.error && (
          <Banner tone="trouble" title="The time stays as it is">
            {whyNoTime(act.error)}
          </Banner>
        )}
        <div>
          <TwoZones time={time} name={name} />
        </div>
        <p className="text-ink-2">
          {another
            ? `Where this job has Interloop propose times, another one is found at once; elsewhere ${name} is asked to choose anew. It costs them no new date.`
            : `${name} is told by mail. The invitation stays open, and it costs them no new date.`}
        </p>
      </div>
    </Dialog>
  );
}

function foundWords(name: string, found: Appointment | undefined): string {
  return found
    ? `Moved to a time with ${found.interviewer?.name ?? "somebody else"}. ${name} is told by mail.`
    : `${name} is asked by mail to choose another time.`;
}
