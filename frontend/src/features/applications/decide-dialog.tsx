/** Decide: what, why, and the mail that leaves with it. A decision carries a name and a reason. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { Decision, DecisionKind } from "@/api/types";
import { decisionsFor } from "@/features/board/moves";
import { whyNot } from "@/features/decisions/faster";
import { cx } from "@/lib/cx";
import { DECISION } from "@/lib/words";
import { Failed } from "@/shell/faces";
import {
  Banner,
  Button,
  Dialog,
  Field,
  SkeletonRows,
  TextArea,
  Tick,
  useMinute,
  useToast,
} from "@/ui";
import type { Person } from "./invite-dialog";
import { MailPreviewPanel } from "./mail-preview";
import { decisionPreviewQuery, useDecide } from "./queries";

type Props = {
  person: Person;
  kind?: DecisionKind | undefined;
  onClose: () => void;
  /** Once a decision was taken, after the dialog is closed. */
  onDone?: () => void;
};

const MIN_REASON = 3;

export function DecideDialog({ person, kind, onClose, onDone }: Props) {
  const form = useId();
  const now = useMinute();
  const deciding = useDeciding(person, kind, () => {
    onClose();
    onDone?.();
  });
  const { kinds, chosen, decide, preview, mails, ready } = deciding;
  const verb = chosen ? `${DECISION[chosen].verb} ${person.name}` : "Decide";
  return (
    <Dialog
      wide
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Decide about ${person.name}`}
      description="Your name and your reason stand in the record. No number decides."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabled={!ready || decide.isPending}>
            {decide.isPending ? "Deciding" : verb}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={deciding.submit} className="grid gap-4">
        {decide.error && (
          <Banner tone="trouble" title="The decision was not taken">
            {whyNot(decide.error, now)}
          </Banner>
        )}
        <Kinds kinds={kinds} chosen={chosen} onChoose={deciding.choose} />
        <Field
          label="Reason"
          hint="For the record, and for whoever asks later. It is not in the mail."
        >
          {(ids) => (
            <TextArea
              {...ids}
              required
              rows={3}
              minLength={MIN_REASON}
              maxLength={4000}
              value={deciding.reason}
              onChange={(event) => deciding.setReason(event.target.value)}
            />
          )}
        </Field>
        <Tick checked={mails} onChange={(event) => deciding.setMails(event.target.checked)}>
          Tell them by this mail
        </Tick>
        {mails && chosen && <DecisionMail preview={preview} />}
      </form>
    </Dialog>
  );
}

function useDeciding(person: Person, kind: DecisionKind | undefined, onDone: () => void) {
  const kinds = decisionsFor({ stage: person.stage, outcome: null });
  const only = kinds.length === 1 ? kinds[0] : undefined;
  const [chosen, choose] = useState(kind ?? only);
  const [reason, setReason] = useState("");
  const [mails, setMails] = useState(true);
  const tell = useToast();
  const decide = useDecide(person.id);
  const preview = useQuery({
    ...decisionPreviewQuery(person.id, chosen ?? "reject"),
    enabled: chosen !== undefined && mails,
  });
  const why = reason.trim();
  const message_id = mails ? preview.data?.message_id : null;
  const ready = chosen !== undefined && why.length >= MIN_REASON && message_id !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const said = (decision: Decision) => {
      tell({ text: toast(person.name, decision, why) });
      onDone();
    };
    const taken = { kind: chosen, reason: why, message_id, seen_stage: person.stage };
    decide.mutate(taken, { onSuccess: said });
  };
  return {
    kinds,
    chosen,
    choose,
    reason,
    setReason,
    mails,
    setMails,
    decide,
    preview,
    ready,
    submit,
  };
}

function toast(name: string, { kind, state }: Decision, why: string): string {
  if (state === "proposed")
    return `You proposed to ${DECISION[kind].verb.toLowerCase()} ${name}. A second person confirms it, or objects.`;
  return `${name} ${DECISION[kind].past}. Reason: “${why}”`;
}

type PreviewQuery = ReturnType<typeof useDeciding>["preview"];

function DecisionMail({ preview }: { preview: PreviewQuery }) {
  if (preview.error)
    return <Failed what="The mail" error={preview.error} onRetry={preview.refetch} />;
  if (!preview.data) return <SkeletonRows rows={3} label="Writing the mail" />;
  return <MailPreviewPanel mail={preview.data} />;
}

type KindsProps = {
  kinds: readonly DecisionKind[];
  chosen: DecisionKind | undefined;
  onChoose: (kind: DecisionKind) => void;
};

function Kinds({ kinds, chosen, onChoose }: KindsProps) {
  if (kinds.length === 0) return <Banner tone="plain">Here nothing is left to decide.</Banner>;
  return (
    <fieldset className="grid gap-2 sm:grid-cols-3">
      <legend className="sr-only">Decision</legend>
      {kinds.map((kind) => (
        <label
          key={kind}
          className={cx(
            "grid cursor-pointer grid-cols-[20px_minmax(0,1fr)] gap-x-2 rounded-m border px-3 py-2.5",
            "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
            kind === chosen ? "border-accent bg-accent-tint" : "border-line-strong hover:bg-hover",
          )}
        >
          <input
            type="radio"
            name="kind"
            required
            checked={kind === chosen}
            onChange={() => onChoose(kind)}
            className="mt-0.5 size-4 accent-accent outline-none"
          />
          <b>{DECISION[kind].verb}</b>
          <span className="col-start-2 text-12 text-ink-2">{DECISION[kind].hint}</span>
        </label>
      ))}
    </fieldset>
  );
}
