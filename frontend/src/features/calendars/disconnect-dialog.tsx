/** Forget what opens one's calendar. */
import { Banner, Button, Dialog, useToast } from "@/ui";
import { useDisconnect } from "./queries";
import { whyNotConnected } from "./words";

export function DisconnectDialog({ onClose }: { onClose: () => void }) {
  const disconnect = useDisconnect();
  const tell = useToast();
  const go = () =>
    disconnect.mutate(undefined, {
      onSuccess: () => {
        tell({ text: "Disconnected. What stands in your calendar stays there." });
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Disconnect your calendar?"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button variant="danger" onClick={go} disabled={disconnect.isPending}>
            Disconnect
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {disconnect.error && <Banner tone="trouble">{whyNotConnected(disconnect.error)}</Banner>}
        <p className="text-ink-2">
          What opens it is forgotten. Candidates are then offered your hours whatever your calendar
          says, and new appointments are not written there; those that stand there stay.
        </p>
      </div>
    </Dialog>
  );
}
