/** Webhooks: which addresses are told of what, and how each of them fares. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Webhook } from "@/api/types";
import { Failed } from "@/shell/faces";
import {
  Badge,
  Banner,
  Button,
  EmptyState,
  Icon,
  IconButton,
  Menu,
  RelativeTime,
  Skeleton,
  useToast,
} from "@/ui";
import { NewWebhookDialog } from "./new-webhook";
import { useRotateSecret, useSwitchWebhook, useTestWebhook, webhooksQuery } from "./queries";
import { SecretOnce } from "./secret-once";

export function WebhooksPanel({ onLog }: { onLog: (webhookId: string) => void }) {
  const { data, error, refetch } = useQuery(webhooksQuery);
  const [adding, setAdding] = useState(false);
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Icon name="plus" /> Add a webhook
    </Button>
  );
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-[68ch] flex-[0_1_auto] text-ink-2">
          Other systems hear of what happens here. They get ids only, signed, and each piece of news
          is tried for three days.
        </p>
        {data && data.length > 0 && add}
      </div>
      {error && (
        <div className="panel">
          <Failed what="The webhooks" error={error} onRetry={refetch} />
        </div>
      )}
      {!data && !error && <Skeleton className="h-28" />}
      {data?.length === 0 && (
        <div className="panel">
          <EmptyState title="No webhooks yet" action={add}>
            Add the address of a system that should hear when somebody moves on.
          </EmptyState>
        </div>
      )}
      {data?.map((webhook) => (
        <WebhookCard key={webhook.id} webhook={webhook} onLog={() => onLog(webhook.id)} />
      ))}
      {adding && <NewWebhookDialog onClose={() => setAdding(false)} />}
    </div>
  );
}

function WebhookCard({ webhook, onLog }: { webhook: Webhook; onLog: () => void }) {
  const [turn, test, rotate] = [useSwitchWebhook(), useTestWebhook(), useRotateSecret()];
  const tell = useToast();
  const on = webhook.state === "enabled";
  const failed = turn.error ?? test.error ?? rotate.error;
  return (
    <section aria-label={webhook.url} className="panel grid gap-3 p-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h3 className="font-mono text-12 font-strong break-all">{webhook.url}</h3>
          <p className="mt-1 flex flex-wrap gap-1">
            {webhook.events.map((event) => (
              <Badge key={event} small>
                {event}
              </Badge>
            ))}
          </p>
        </div>
        <Badge tone={on ? "good" : "attention"}>{on ? "On" : "Off"}</Badge>
        <Menu
          trigger={
            <IconButton label={`More for ${webhook.url}`} variant="quiet" size="s">
              <Icon name="more" />
            </IconButton>
          }
          items={[
            { label: "New secret", onSelect: () => rotate.mutate(webhook.id) },
            {
              label: on ? "Switch off" : "Switch on",
              danger: on,
              onSelect: () => turn.mutate({ id: webhook.id, on: !on }),
            },
          ]}
        />
      </div>
      {webhook.disabled_reason === "gone" && (
        <Banner tone="attention" title="Switched off by the other side">
          It answered 410: it wants no more news. Switch it on again once that is settled there.
        </Banner>
      )}
      {failed && <Banner tone="trouble">{failed.message}. Nothing was changed.</Banner>}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-t border-line pt-3">
        <Health webhook={webhook} />
        <span className="flex flex-1 justify-end gap-2">
          <Button size="s" onClick={onLog}>
            Show log
          </Button>
          {on && (
            <Button
              size="s"
              disabled={test.isPending}
              onClick={() =>
                test.mutate(webhook.id, {
                  onSuccess: () => tell({ text: "A test is on its way. The log shows it." }),
                })
              }
            >
              Send a test
            </Button>
          )}
        </span>
      </div>
      {rotate.data && (
        <SecretOnce
          title="The new signing secret"
          label="Secret"
          secret={rotate.data.secret}
          onClose={rotate.reset}
        />
      )}
    </section>
  );
}

function Health({ webhook }: { webhook: Webhook }) {
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 text-12 text-ink-2 [&_dd]:inline [&_dd]:text-ink [&_dt]:inline">
      <div>
        <dt>Last success </dt>
        <dd>
          {webhook.last_success_at ? <RelativeTime at={webhook.last_success_at} /> : "none yet"}
        </dd>
      </div>
      {webhook.last_failure_at && (
        <div>
          <dt>Last failure </dt>
          <dd>
            <RelativeTime at={webhook.last_failure_at} />
          </dd>
        </div>
      )}
      <div>
        <dt>On the way </dt>
        <dd className="num">{webhook.pending}</dd>
      </div>
      <div>
        <dt>Given up </dt>
        <dd className="num">{webhook.failed}</dd>
      </div>
    </dl>
  );
}
