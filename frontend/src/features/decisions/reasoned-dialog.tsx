/** A reason and two ways to say it: whoever answers for something puts their name to one. */
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Banner, Button, Dialog, Field, TextArea, useMinute } from "@/ui";
import { whyNot } from "./faster";

type Way = { label: string; onSay: (reason: string) => void };

type Props = {
  title: string;
  description: string;
  hint: ReactNode;
  /** What Enter says, and what stands beside it. */
  first: Way;
  second: Way;
  refused: string;
  error: Error | null;
  pending: boolean;
  onClose: () => void;
};

const MIN_REASON = 3;

export function ReasonedDialog(props: Props) {
  const { title, description, hint, first, second, refused, error, pending, onClose } = props;
  const form = useId();
  const now = useMinute();
  const [reason, setReason] = useState("");
  const why = reason.trim();
  const ready = why.length >= MIN_REASON && !pending;
  const say = (way: Way) => ready && way.onSay(why);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    say(first);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button disabled={!ready} onClick={() => say(second)}>
            {second.label}
          </Button>
          <Button type="submit" form={form} variant="primary" disabled={!ready}>
            {pending ? "Saying so" : first.label}
          </Button>
        </>
      }
    >
      <form id={form} className="grid gap-4" onSubmit={submit}>
        {error && (
          <Banner tone="trouble" title={refused}>
            {whyNot(error, now)}
          </Banner>
        )}
        <Field label="Your reason" hint={hint}>
          {(ids) => (
            <TextArea
              {...ids}
              required
              rows={4}
              maxLength={4000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
