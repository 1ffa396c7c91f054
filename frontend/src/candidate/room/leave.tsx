/** Leaving for now: what is kept, until when, how to come back. */
import { Button, Dialog } from "@/ui";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  keptUntil: string | null;
  onLeave: () => void;
};

export function Leave({ open, onOpenChange, keptUntil, onLeave }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Leave for now?"
      footer={
        <>
          <Button size="touch" onClick={() => onOpenChange(false)}>
            Stay
          </Button>
          <Button size="touch" variant="primary" onClick={onLeave}>
            Leave for now
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p>Everything you said and sent is saved. The interview goes on at the same question.</p>
        <p>
          Come back to this page in this browser
          {keptUntil ? ` until ${keptUntil}` : ""}. You can also take it to another device; the page
          after this one makes a link for that.
        </p>
      </div>
    </Dialog>
  );
}
