/** Asks for a person: one question, no reasons, no catch. */
import { useState } from "react";
import { Button, type ButtonProps, Dialog } from "@/ui";
import { askForPerson, Refused } from "../api";
import type { PageProps } from "../app";
import { Note } from "../layout";

type Props = Pick<PageProps, "standing" | "onChange"> & {
  label: string;
  size?: ButtonProps["size"];
  variant?: ButtonProps["variant"];
  className?: string;
};

export function AskPerson({ standing, onChange, label, size = "l", variant, className }: Props) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<"late" | "away" | null>(null);
  const ask = async () => {
    setBusy(true);
    setFailed(null);
    try {
      await onChange({ invitation: await askForPerson() });
    } catch (error) {
      setFailed(error instanceof Refused && error.status === 409 ? "late" : "away");
      setBusy(false);
    }
  };
  return (
    <>
      <Button size={size} variant={variant} className={className} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Speak to a person instead?"
        footer={
          <>
            <Button size="touch" onClick={() => setOpen(false)}>
              Not now
            </Button>
            <Button size="touch" variant="primary" onClick={ask} aria-disabled={busy}>
              Yes, I want to speak to a person
            </Button>
          </>
        }
      >
        <div className="grid gap-3">
          <p>
            A person at {standing.invitation.organization} writes to you to arrange the interview.
            The AI interviewer is then no longer part of it.
          </p>
          <p>You do not have to say why, and it does not count against you.</p>
          {failed && (
            <Note tone="trouble" live>
              <p>
                {failed === "late"
                  ? "At this point it can no longer be changed here. Write to the person named in your invitation e-mail."
                  : "Your wish did not reach us. Nothing has changed. Please try again."}
              </p>
            </Note>
          )}
        </div>
      </Dialog>
    </>
  );
}
