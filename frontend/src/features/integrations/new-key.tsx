/** A new key: what it is for, what it may do, and until when. */
import { type FormEvent, useState } from "react";
import type { ApiScope } from "@/api/types";
import { Banner, Field, FormDialog, Input, Segmented, Tick } from "@/ui";
import { useMakeKey } from "./queries";
import { SecretOnce } from "./secret-once";
import { SCOPES } from "./words";

const DAYS = { "90": "90 days", "365": "One year", "": "No end" } as const;
type Days = keyof typeof DAYS;

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const make = useMakeKey();
  const [days, setDays] = useState<Days>("365");
  const [chosen, setChosen] = useState<ApiScope[]>([]);
  if (make.data)
    return (
      <SecretOnce
        title={`The key for ${make.data.name}`}
        label="Key"
        secret={make.data.key}
        onClose={onClose}
      />
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    make.mutate({ name, scopes: chosen, days: days ? Number(days) : null });
  };
  const choose = (scope: ApiScope, on: boolean) =>
    setChosen((all) => (on ? [...all, scope] : all.filter((one) => one !== scope)));
  return (
    <FormDialog
      title="New API key"
      send="Make the key"
      disabled={make.isPending || chosen.length === 0}
      onSubmit={submit}
      onClose={onClose}
    >
      {make.error && <Banner tone="trouble">{make.error.message}. No key was made.</Banner>}
      <Field label="Which system is it for">
        {(ids) => <Input {...ids} name="name" required maxLength={100} autoComplete="off" />}
      </Field>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 text-12 font-strong text-ink-2">What it may do</legend>
        {(Object.keys(SCOPES) as ApiScope[]).map((scope) => (
          <Tick
            key={scope}
            checked={chosen.includes(scope)}
            onChange={(event) => choose(scope, event.target.checked)}
          >
            {SCOPES[scope]}
            <span className="block font-mono text-11 text-ink-2">{scope}</span>
          </Tick>
        ))}
      </fieldset>
      <div className="grid justify-items-start gap-1.5">
        <span className="text-12 font-strong text-ink-2">How long it works</span>
        <Segmented
          label="How long it works"
          value={days}
          options={(Object.keys(DAYS) as Days[]).map((value) => ({ value, label: DAYS[value] }))}
          onChange={setDays}
        />
      </div>
    </FormDialog>
  );
}
