/** Gives the booked time back: named, asked once more, with what follows from it. */
import { useState } from "react";
import { Button, Dialog } from "@/ui";
import { go } from "../address";
import { type Appointment, cancelTime } from "../api";
import type { PageProps } from "../app";
import { Note } from "../layout";
import type { Standing } from "../where";
import { troubleOf } from "./trouble";
import { troubleWords, whenWords } from "./words";

type Props = PageProps & { appointment: Appointment };

export function CancelTime({ standing, onChange, appointment }: Props) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const when = whenWords(appointment.starts_at, appointment.zone);
  const cancel = async () => {
    setBusy(true);
    setFailed(null);
    try {
      const schedule = await cancelTime();
      await onChange({ schedule });
      go("invitation");
      void onChange();
    } catch (error) {
      const trouble = troubleOf(error);
      setFailed(trouble === "away" ? AWAY : troubleWords(trouble, when));
      setBusy(false);
    }
  };
  return (
    <>
      <Button size="touch" className="sm:min-w-44" onClick={() => setOpen(true)}>
        Cancel this time
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Cancel this time?"
        footer={
          <>
            <Button size="touch" onClick={() => setOpen(false)}>
              Keep my time
            </Button>
            <Button size="touch" variant="danger" onClick={cancel} aria-disabled={busy}>
              {busy ? "Cancelling…" : "Yes, cancel it"}
            </Button>
          </>
        }
      >
        <div className="grid gap-3">
          <p className="num">
            <strong>{when}</strong> is given back, and others can take it.
          </p>
          <p>{afterwards(standing)}</p>
          {failed && (
            <Note tone="trouble" live>
              <p>{failed}</p>
            </Note>
          )}
        </div>
      </Dialog>
    </>
  );
}

const AWAY = "That did not reach us. Your time is still booked. Please try again.";

/** What is still possible afterwards; a change of one's own is used up by cancelling. */
function afterwards({ schedule, invitation }: Standing): string {
  const contact = invitation.contact?.name ?? "the person who invited you";
  const left = schedule.changes_left;
  if (schedule.way === "any_time")
    return `You can then start whenever you like while the invitation is open${left > 0 ? ", or choose another time" : ""}.`;
  if (left === 0)
    return `For a new time ${contact} then has to help you: if you only want to move it, write first. Your application goes on.`;
  if (schedule.way === "system_proposes")
    return "We then look for another time and propose it to you. Your application goes on.";
  return `You can then choose another time${left === 1 ? ", once" : ""}. Your application goes on.`;
}
