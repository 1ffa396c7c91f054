/** A decision that waits for a second person, as that person, its maker and others see it. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Decision } from "@/api/types";
import { decisionsQuery } from "@/features/applications/queries";
import { meQuery } from "@/features/auth/queries";
import { DECISION } from "@/lib/words";
import { useShortcuts } from "@/shell/shortcuts";
import { Banner, Button, Kbd, RelativeTime, useToast } from "@/ui";
import { useOpinion, type Verdict } from "./queries";
import { ReasonedDialog } from "./reasoned-dialog";

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

function OpinionDialog({ applicationId, name, decision, onClose, onDone }: DialogProps) {
  const tell = useToast();
  const give = useOpinion(applicationId);
  const { verb, past } = DECISION[decision.kind];
  const say = (verdict: Verdict) => (reason: string) => {
    const said = () => {
      tell({ text: AFTER[verdict](name, past) });
      onClose();
      onDone();
    };
    give.mutate({ decisionId: decision.id, verdict, reason }, { onSuccess: said });
  };
  return (
    <ReasonedDialog
      title={`${decision.decided_by.name} would ${verb.toLowerCase()} ${name}`}
      description="You are the second person. Their reason shows once yours is given."
      hint="For the record, beside theirs. It is in no mail."
      first={{ label: `Confirm: ${verb.toLowerCase()} them`, onSay: say("confirm") }}
      second={{ label: "Object", onSay: say("object") }}
      refused="Your word was not taken"
      error={give.error}
      pending={give.isPending}
      onClose={onClose}
    />
  );
}

const AFTER: Record<Verdict, (name: string, past: string) => string> = {
  confirm: (name, past) => `${name} ${past}. Two people stand behind it.`,
  object: (name) => `You objected. ${name} stays in review; nothing was sent.`,
};
