/** A time outside anybody's hours, with a named person who agreed to it. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { poolQuery } from "@/features/policy/queries";
import { Field, Input, Select } from "@/ui";
import { ownZone, zoneWords } from "./instants";
import type { Wanted } from "./queries";

type Props = { jobId: string; minutes: number; onChoose: (wanted: Wanted | null) => void };

export function OtherTime({ jobId, minutes, onChoose }: Props) {
  const pool = useQuery(poolQuery(jobId)).data ?? [];
  const [when, setWhen] = useState("");
  const [who, setWho] = useState("");
  const ready = pool.filter(({ interviews, zone }) => interviews && zone !== null);
  const say = (nextWhen: string, nextWho: string) => {
    setWhen(nextWhen);
    setWho(nextWho);
    const at = new Date(nextWhen);
    const whole = nextWho !== "" && !Number.isNaN(at.getTime());
    onChoose(whole ? { starts_at: at.toISOString(), interviewer_id: nextWho } : null);
  };
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field
        label="When"
        hint={`${minutes} minutes, in your time: ${zoneWords(ownZone(), new Date().toISOString())}.`}
      >
        {(ids) => (
          <Input
            {...ids}
            type="datetime-local"
            step={300}
            value={when}
            onChange={(event) => say(event.target.value, who)}
          />
        )}
      </Field>
      <Field label="With" hint="Also outside their hours, as long as nothing else is there.">
        {(ids) => (
          <Select
            {...ids}
            value={who}
            onChange={(event) => say(when, event.target.value)}
            options={[
              { value: "", label: "Choose an interviewer" },
              ...ready.map(({ user }) => ({ value: user.id, label: user.name })),
            ]}
          />
        )}
      </Field>
    </div>
  );
}
