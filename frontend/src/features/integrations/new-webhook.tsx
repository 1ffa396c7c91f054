/** A new webhook: where to, and which news. */
import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/client";
import type { HookEvent } from "@/api/types";
import { Banner, Field, FormDialog, Input, Tick } from "@/ui";
import { useAddWebhook } from "./queries";
import { SecretOnce } from "./secret-once";
import { EVENTS, refusalWord } from "./words";

const OFFERED = Object.keys(EVENTS) as (keyof typeof EVENTS)[];

export function NewWebhookDialog({ onClose }: { onClose: () => void }) {
  const add = useAddWebhook();
  const [chosen, setChosen] = useState<HookEvent[]>(OFFERED);
  if (add.data)
    return (
      <SecretOnce
        title="The signing secret"
        label="Secret"
        secret={add.data.secret}
        onClose={onClose}
      />
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const url = String(new FormData(event.currentTarget).get("url")).trim();
    add.mutate({ url, events: chosen });
  };
  const choose = (event: HookEvent, on: boolean) =>
    setChosen((all) => (on ? [...all, event] : all.filter((one) => one !== event)));
  const refused = add.error instanceof ApiError ? refusalWord(add.error.code) : null;
  return (
    <FormDialog
      title="Add a webhook"
      send="Add"
      disabled={add.isPending || chosen.length === 0}
      onSubmit={submit}
      onClose={onClose}
    >
      {add.error && !refused && (
        <Banner tone="trouble">{add.error.message}. Nothing was added.</Banner>
      )}
      <Field label="Address" hint="An https address on the internet." error={refused}>
        {(ids) => (
          <Input {...ids} name="url" required maxLength={2000} inputMode="url" autoComplete="off" />
        )}
      </Field>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 text-12 font-strong text-ink-2">What it is told</legend>
        {OFFERED.map((event) => (
          <Tick
            key={event}
            checked={chosen.includes(event)}
            onChange={(change) => choose(event, change.target.checked)}
          >
            {EVENTS[event]}
            <span className="block font-mono text-11 text-ink-2">{event}</span>
          </Tick>
        ))}
      </fieldset>
    </FormDialog>
  );
}
