/** A decision that waits for a second person, as that person, its maker and others see it. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import type { Decision } from "@/api/types";
import { decisionsQuery } from "@/features/applications/queries";
import { meQuery } from "@/features/auth/queries";
import { DECISION } from "@/lib/words";
import { useShortcuts } from "@/shell/shortcuts";
import {
  Banner,
  Button,
  Dialog,
  Field,
  Kbd,
  RelativeTime,
  TextArea,
  useMinute,
  useToast,
} from "@/ui";
import { whyNot } from "./faster";
import { useOpinion, type Verdict } from "./queries";

type Props = { applicationId: string; name: string; onDone: () => void };

export function ProposalPanel({ applicationId, name, onDone }: Props) {
  const decisions = useQuery(decisionsQuery(applicationId)).data ?? [];
  const proposed = decisions.find(({ state }) => state === "proposed");
  if (!proposed) return null;
  return <Proposal applicationId={applicationId} name={name} decision={proposed} onDone={onDone} />;
}

function Proposal({ applicationId, name, decision, onDone }: Props & { decision: Decision }) {
  const [open, setOpen] = useState(false);
  const me = useQuery(meQuery).data?.id;
  const mine = decision.decided_by.id === me;
  const asked = decision.asks_you === "opinion";
  useShortcuts(asked ? [{ key: "c", label: "Confirm or object", run: () => setOpen(true) }] : []);
  const verb = DECISION[decision.kind].verb.toLowerCase();
  return (
    <div className="mt-4">
      <Banner
        tone={decision.asks_you ? "attention" : "info"}
        title={
          <>
            {mine ? "You" : decision.decided_by.name} proposed to {verb} them{" "}
            <RelativeTime at={decision.decided_at} />
          </>
        }
        action={
          asked ? (
            <Button size="s" onClick={() => setOpen(true)}>
              Confirm or object <Kbd>c</Kbd>
            </Button>
          ) : (
            decision.asks_you && <ToScorecard applicationId={applicationId} />
          )
        }
      >
        {told(decision, mine)}
      </Banner>
      {open && (
        <OpinionDialog
          applicationId={applicationId}
          name={name}
          decision={decision}
          onClose={() => setOpen(false)}
          onDone={onDone}
        />
      )}
    </div>
  );
}

function told(decision: Decision, mine: boolean): string {
  if (decision.asks_you === "opinion")
    return "This job asks for two people. Say what you think; their reason shows once yours is given.";
  if (decision.asks_you)
    return "This job asks for two people, and you may be the second. Submit your own scorecard first.";
  const waits = "Nothing is sent and nobody is moved until a second person confirms it.";
  return mine ? `${waits} An objection brings it back to review.` : waits;
}

function ToScorecard({ applicationId }: { applicationId: string }) {
  return (
    <Button asChild size="s">
      <Link
        to="/applications/$applicationId"
        params={{ applicationId }}
        search={(before) => ({ ...before, tab: "scorecard" })}
      >
        To your scorecard
      </Link>
    </Button>
  );
}

type DialogProps = Props & { decision: Decision; onClose: () => void };

const MIN_REASON = 3;

function OpinionDialog({ applicationId, name, decision, onClose, onDone }: DialogProps) {
  const form = useId();
  const now = useMinute();
  const tell = useToast();
  const [reason, setReason] = useState("");
  const give = useOpinion(applicationId);
  const why = reason.trim();
  const ready = why.length >= MIN_REASON && !give.isPending;
  const say = (verdict: Verdict) => {
    if (!ready) return;
    const said = () => {
      tell({ text: AFTER[verdict](name, DECISION[decision.kind].past) });
      onClose();
      onDone();
    };
    give.mutate({ decisionId: decision.id, verdict, reason: why }, { onSuccess: said });
  };
  const verb = DECISION[decision.kind].verb.toLowerCase();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${decision.decided_by.name} would ${verb} ${name}`}
      description="You are the second person. Their reason shows once yours is given."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button disabled={!ready} onClick={() => say("object")}>
            Object
          </Button>
          <Button type="submit" form={form} variant="primary" disabled={!ready}>
            {give.isPending ? "Saying so" : `Confirm: ${verb} them`}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          say("confirm");
        }}
      >
        {give.error && (
          <Banner tone="trouble" title="Your word was not taken">
            {whyNot(give.error, now)}
          </Banner>
        )}
        <Field label="Your reason" hint="For the record, beside theirs. It is in no mail.">
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

const AFTER: Record<Verdict, (name: string, past: string) => string> = {
  confirm: (name, past) => `${name} ${past}. Two people stand behind it.`,
  object: (name) => `You objected. ${name} stays in review; nothing was sent.`,
};
