/** Ends a key, at once and for good. */
import type { ApiKey } from "@/api/types";
import { Banner, Button, Dialog, useToast } from "@/ui";
import { useRevokeKey } from "./queries";

type Props = { apiKey: ApiKey; onClose: () => void };

export function RevokeDialog({ apiKey, onClose }: Props) {
  const revoke = useRevokeKey();
  const tell = useToast();
  const go = () =>
    revoke.mutate(apiKey.id, {
      onSuccess: () => {
        tell({ text: `The key for ${apiKey.name} is revoked.` });
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke the key for ${apiKey.name}`}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button variant="danger" onClick={go} disabled={revoke.isPending}>
            Revoke
          </Button>
        </>
      }
    >
      {revoke.error && <Banner tone="trouble">{revoke.error.message}. It still works.</Banner>}
      <p>
        The system that uses it is refused from its next request on. Applications it has sent stay.
        A revoked key cannot be brought back; you can make a new one.
      </p>
    </Dialog>
  );
}
