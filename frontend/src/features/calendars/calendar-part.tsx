/** One's own calendar: connect it, see how it is, have it asked, disconnect it. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Calendar, OwnCalendar } from "@/api/types";
import { plural } from "@/lib/time";
import { Failed } from "@/shell/faces";
import { Badge, Banner, Button, EmptyState, RelativeTime, SkeletonRows, useToast } from "@/ui";
import { ConnectDialog } from "./connect-dialog";
import { DisconnectDialog } from "./disconnect-dialog";
import { calendarQuery, useCheckCalendar, useConnect } from "./queries";
import { STATE, whyNotConnected } from "./words";

export function CalendarPart() {
  const { data, error, refetch } = useQuery(calendarQuery);
  const [asked, setAsked] = useState<"connect" | "disconnect" | null>(null);
  const close = () => setAsked(null);
  return (
    <section aria-label="Your calendar" className="panel max-w-[820px]">
      {error && <Failed what="Your calendar" error={error} onRetry={refetch} />}
      {!data && !error && <SkeletonRows rows={2} label="Loading your calendar" />}
      {data?.connection && (
        <Connected
          calendar={data.connection}
          sandbox={data.sandbox}
          onConnect={() => setAsked("connect")}
          onDisconnect={() => setAsked("disconnect")}
        />
      )}
      {data && !data.connection && <None own={data} onConnect={() => setAsked("connect")} />}
      {asked === "connect" && <ConnectDialog onClose={close} />}
      {asked === "disconnect" && <DisconnectDialog onClose={close} />}
    </section>
  );
}

function None({ own, onConnect }: { own: OwnCalendar; onConnect: () => void }) {
  return (
    <EmptyState
      title="No calendar is connected"
      action={
        <span className="flex flex-wrap justify-center gap-2">
          {own.sandbox && <Sandbox label="Connect the sandbox's Google" primary />}
          <Button variant={own.sandbox ? "default" : "primary"} onClick={onConnect}>
            Connect Google
          </Button>
        </span>
      }
    >
      Once it is, what it says is taken is not offered to candidates, and every appointment with you
      stands there. It names the job, never the candidate.
    </EmptyState>
  );
}

/** One click, where the sandbox plays Google. */
function Sandbox({ label, primary }: { label: string; primary?: boolean }) {
  const connect = useConnect();
  const tell = useToast();
  const go = () =>
    connect.mutate(
      { access: { kind: "sandbox" }, invites_guests: false },
      {
        onSuccess: () => tell({ text: "Connected. Your appointments follow by themselves." }),
        onError: (error) => tell({ text: whyNotConnected(error), tone: "trouble" }),
      },
    );
  return (
    <Button variant={primary ? "primary" : "default"} onClick={go} disabled={connect.isPending}>
      {label}
    </Button>
  );
}

type ConnectedProps = {
  calendar: Calendar;
  sandbox: boolean;
  onConnect: () => void;
  onDisconnect: () => void;
};

function Connected({ calendar, sandbox, onConnect, onDisconnect }: ConnectedProps) {
  const check = useCheckCalendar();
  const tell = useToast();
  const revoked = calendar.state === "revoked";
  const { word, tone } = STATE[calendar.state];
  const ask = () =>
    check.mutate(undefined, {
      onSuccess: ({ connection }) =>
        connection?.state === "ok" && tell({ text: "It was asked just now." }),
    });
  return (
    <div className="grid gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="font-strong">Google Calendar</h2>
        <Badge tone={tone}>{word}</Badge>
        <span className="min-w-0 text-ink-2 break-words">{calendar.account_id}</span>
      </div>
      {revoked && (
        <Banner tone="trouble" title="Google no longer lets us in">
          You are offered to no candidate until it does: nobody is booked over what cannot be seen.
          What is booked stands, and is written there once you connect again.
        </Banner>
      )}
      {check.error && <Banner tone="trouble">{whyNotConnected(check.error)}</Banner>}
      <Facts calendar={calendar} />
      <div className="flex flex-wrap gap-2 border-t border-line pt-3">
        {revoked && sandbox && <Sandbox label="Connect the sandbox again" primary />}
        {revoked && (
          <Button variant={sandbox ? "default" : "primary"} onClick={onConnect}>
            Connect again
          </Button>
        )}
        <Button onClick={ask} disabled={check.isPending}>
          {check.isPending ? "Asking" : "Check now"}
        </Button>
        <Button variant="danger" onClick={onDisconnect}>
          Disconnect
        </Button>
      </div>
    </div>
  );
}

function Facts({ calendar }: { calendar: Calendar }) {
  return (
    <dl className="grid gap-x-6 gap-y-1 text-ink-2 sm:grid-cols-2 [&_dd]:inline [&_dd]:text-ink [&_dt]:inline">
      <div>
        <dt>Last heard from </dt>
        <dd>
          {calendar.last_success_at ? <RelativeTime at={calendar.last_success_at} /> : "not yet"}
        </dd>
      </div>
      <div>
        <dt>Since </dt>
        <dd>
          <RelativeTime at={calendar.connected_at} />
        </dd>
      </div>
      <div>
        <dt>Waiting to be written there </dt>
        <dd className="num">{plural(calendar.waiting, "appointment")}</dd>
      </div>
      <div>
        <dt>Invitations </dt>
        <dd>{calendar.invites_guests ? "sent by Google itself" : "in our mails"}</dd>
      </div>
    </dl>
  );
}
