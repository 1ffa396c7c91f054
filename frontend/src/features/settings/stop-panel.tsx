/** The stop switch: all interviews of the organisation, off and on again. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { meQuery } from "@/features/auth/queries";
import { exactTime, relativeTime } from "@/lib/time";
import { Failed } from "@/shell/faces";
import {
  Banner,
  Button,
  Field,
  FormDialog,
  Input,
  SkeletonRows,
  TextArea,
  useMinute,
  useToast,
} from "@/ui";
import { type Stop, stopQuery, useResume, useStop } from "./queries";

const MIN_REASON = 3;

export function StopPanel() {
  const { data, error, refetch } = useQuery(stopQuery);
  return (
    <section aria-label="Stop switch" className="panel">
      <header className="flex h-12 items-center border-b border-line px-4">
        <h2 className="font-strong">Stop switch</h2>
      </header>
      <div className="grid gap-4 p-4">
        {error && <Failed what="The stop switch" error={error} onRetry={refetch} />}
        {!data && !error && <SkeletonRows rows={2} label="Loading the stop switch" />}
        {data && (data.stopped_at ? <Stopped stop={data} /> : <Running stop={data} />)}
      </div>
    </section>
  );
}

function Running({ stop }: { stop: Stop }) {
  const [asking, setAsking] = useState(false);
  const calls = stop.in_call;
  return (
    <>
      <p className="max-w-[68ch] text-ink-2">
        Stops every interview of the organisation at once. Whoever is in a call hears a kind goodbye
        and is offered an interview with a person; what they said is kept. Until you switch it off
        again nobody can be invited, join or be interviewed. Decisions, mails and reviews go on.
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="danger" onClick={() => setAsking(true)}>
          Stop all interviews
        </Button>
        <span className="text-ink-2">
          {calls === 0 && "Nobody is in a call now."}
          {calls === 1 && "One candidate is in a call now."}
          {calls > 1 && `${calls} candidates are in a call now.`}
        </span>
      </div>
      {asking && <StopDialog onClose={() => setAsking(false)} />}
    </>
  );
}

function Stopped({ stop }: { stop: Stop }) {
  const now = useMinute();
  const resume = useResume();
  const tell = useToast();
  const since = stop.stopped_at ?? "";
  const goOn = () =>
    resume.mutate(undefined, {
      onSuccess: () => tell({ text: "Interviews can be held again." }),
      onError: (error) => tell({ text: `Still stopped: ${error.message}`, tone: "trouble" }),
    });
  return (
    <>
      <Banner tone="trouble" title="All interviews are stopped">
        <p>
          By {stop.stopped_by?.name},{" "}
          <span title={exactTime(since)}>{relativeTime(since, now)}</span>: {stop.reason}
        </p>
      </Banner>
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" onClick={goOn} disabled={resume.isPending}>
          Let interviews be held again
        </Button>
        <span className="max-w-[60ch] text-ink-2">
          Who was interrupted keeps the interview with a person; the others go on where they stand.
        </span>
      </div>
    </>
  );
}

function StopDialog({ onClose }: { onClose: () => void }) {
  const organization = useQuery(meQuery).data?.organization.name ?? "";
  const [name, setName] = useState("");
  const [reason, setReason] = useState("");
  const stop = useStop();
  const ready = name.trim() === organization && reason.trim().length >= MIN_REASON;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) stop.mutate({ name: name.trim(), reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title="Stop all interviews"
      description="Running calls end within a few seconds. You can switch it off again at any time."
      send={`Stop all interviews at ${organization}`}
      variant="danger"
      disabled={!ready || stop.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {stop.error && <Banner tone="trouble">{stop.error.message}. Nothing was stopped.</Banner>}
      <Field label="Reason" hint="Kept with your name in the audit; candidates do not see it.">
        {(ids) => (
          <TextArea
            {...ids}
            rows={3}
            maxLength={1000}
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <Field label={`Type ${organization} to confirm`}>
        {(ids) => (
          <Input
            {...ids}
            autoComplete="off"
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
