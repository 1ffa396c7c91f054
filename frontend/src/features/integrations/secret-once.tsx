/** A secret that is shown this once: copy it, then it is gone. */
import { useState } from "react";
import { Banner, Button, Dialog, Field, Input } from "@/ui";

type Props = { title: string; label: string; secret: string; onClose: () => void };

export function SecretOnce({ title, label, secret, onClose }: Props) {
  const [copied, setCopied] = useState<"" | "copied" | "failed">("");
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setCopied("copied"),
      () => setCopied("failed"),
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      footer={
        <>
          <Button onClick={() => void copy()}>{copied === "copied" ? "Copied" : "Copy"}</Button>
          <Button variant="primary" onClick={onClose}>
            I have kept it
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field
          label={label}
          hint={copied === "failed" ? "Select it and copy it by hand." : undefined}
        >
          {(ids) => (
            <Input
              {...ids}
              readOnly
              value={secret}
              className="font-mono text-12!"
              onFocus={(event) => event.currentTarget.select()}
            />
          )}
        </Field>
        <Banner tone="attention" title="This is the only time it is shown">
          Keep it where the other system keeps its secrets. It cannot be read here again.
        </Banner>
      </div>
    </Dialog>
  );
}
