/** Connect Google: by the key of a service account, or by a grant of one's own. */
import { type FormEvent, useState } from "react";
import type { CalendarIn } from "@/api/types";
import { Banner, Field, FormDialog, Input, Segmented, TextArea, Tick, useToast } from "@/ui";
import { useConnect } from "./queries";
import { whyNotConnected } from "./words";

type Kind = "service_key" | "personal_grant";

const KINDS = [
  { value: "service_key", label: "Service account" },
  { value: "personal_grant", label: "My own grant" },
] as const;

export function ConnectDialog({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<Kind>("service_key");
  const [guests, setGuests] = useState(false);
  const connect = useConnect();
  const tell = useToast();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const access = accessOf(kind, new FormData(event.currentTarget));
    connect.mutate(
      { access, invites_guests: guests },
      {
        onSuccess: () => {
          tell({ text: "Connected. Your appointments follow by themselves." });
          onClose();
        },
      },
    );
  };
  const turn = (next: Kind) => {
    connect.reset();
    setKind(next);
  };
  return (
    <FormDialog
      title="Connect Google Calendar"
      description="It is asked at once, and connected only when it answers. What opens it is kept sealed and never shown again."
      send={connect.isPending ? "Asking Google" : "Connect"}
      disabled={connect.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {connect.error && (
        <Banner tone="trouble" title="Not connected">
          {whyNotConnected(connect.error)}
        </Banner>
      )}
      <span>
        <Segmented label="How" value={kind} onChange={turn} options={KINDS} />
      </span>
      {kind === "service_key" ? <ServiceKey /> : <PersonalGrant />}
      <Tick checked={guests} onChange={(event) => setGuests(event.target.checked)}>
        Google invites candidates itself
        <span className="block text-12 text-ink-2">
          Our mails then carry no invitation: two would be two entries.
        </span>
      </Tick>
    </FormDialog>
  );
}

function ServiceKey() {
  return (
    <Field
      label="Key file"
      hint="The JSON of a service account with domain-wide delegation. It acts for your own address only."
    >
      {(ids) => (
        <TextArea
          {...ids}
          name="key"
          rows={6}
          required
          maxLength={20_000}
          spellCheck={false}
          autoComplete="off"
          className="font-mono text-12!"
        />
      )}
    </Field>
  );
}

function PersonalGrant() {
  return (
    <>
      <Field label="Client id" hint="Of your organisation's own OAuth client.">
        {(ids) => <Input {...ids} name="client_id" required maxLength={300} autoComplete="off" />}
      </Field>
      <Field label="Client secret">
        {(ids) => (
          <Input {...ids} name="client_secret" type="password" required autoComplete="off" />
        )}
      </Field>
      <Field label="Refresh token">
        {(ids) => (
          <Input {...ids} name="refresh_token" type="password" required autoComplete="off" />
        )}
      </Field>
    </>
  );
}

function accessOf(kind: Kind, form: FormData): CalendarIn["access"] {
  const typed = (name: string) => String(form.get(name) ?? "").trim();
  if (kind === "service_key") return { kind, key: typed("key") };
  return {
    kind,
    client_id: typed("client_id"),
    client_secret: typed("client_secret"),
    refresh_token: typed("refresh_token"),
  };
}
