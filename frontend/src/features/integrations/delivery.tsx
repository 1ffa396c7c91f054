/** One delivery: what is sent, every try, and sending it again. */
import { useQuery } from "@tanstack/react-query";
import type { DeliveryDetail } from "@/api/types";
import { exactTime } from "@/lib/time";
import { Failed } from "@/shell/faces";
import { Badge, Banner, Button, Dialog, SkeletonRows } from "@/ui";
import { deliveryQuery, useSendAgain } from "./queries";
import { answerWord, STATES } from "./words";

export function DeliveryDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(deliveryQuery(id));
  const again = useSendAgain();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={data?.type ?? "Delivery"}
      wide
      footer={
        <Button
          onClick={() => again.mutate(id)}
          disabled={!data || data.state === "pending" || again.isPending}
        >
          Send again
        </Button>
      }
    >
      {error && <Failed what="The delivery" error={error} onRetry={refetch} />}
      {!data && !error && <SkeletonRows rows={3} label="Loading the delivery" />}
      {again.error && <Banner tone="trouble">{again.error.message}. Nothing was sent.</Banner>}
      {data && <Detail delivery={data} />}
    </Dialog>
  );
}

function Detail({ delivery }: { delivery: DeliveryDetail }) {
  return (
    <div className="grid gap-4">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={STATES[delivery.state].tone}>{STATES[delivery.state].word}</Badge>
        <span className="font-mono text-12 break-all text-ink-2">{delivery.url}</span>
      </p>
      <section aria-label="Tries" className="grid gap-1">
        <h3 className="text-12 font-strong text-ink-2">Tries</h3>
        {delivery.tries.length === 0 && <p className="text-ink-2">Not tried yet.</p>}
        <ol className="grid gap-1">
          {delivery.tries.map((one) => (
            <li key={one.at} className="flex flex-wrap gap-x-4">
              <span className="num text-ink-2">{exactTime(one.at)}</span>
              <span>
                {one.ended_at ? answerWord(one.status, one.error) : "Under way, or cut off"}
              </span>
            </li>
          ))}
        </ol>
        {delivery.next_at && delivery.tries.length > 0 && (
          <p className="text-ink-2">Next try {exactTime(delivery.next_at)}.</p>
        )}
      </section>
      <section aria-label="What is sent" className="grid gap-1">
        <h3 className="text-12 font-strong text-ink-2">What is sent</h3>
        <p className="font-mono text-11 break-all text-ink-2">webhook-id: {delivery.message_id}</p>
        <pre className="overflow-x-auto rounded-m bg-sunken p-3 font-mono text-12 whitespace-pre-wrap break-all">
          {JSON.stringify(JSON.parse(delivery.payload), null, 2)}
        </pre>
      </section>
    </div>
  );
}
