/** Invite several: who gets a mail, who cannot and why, and what became of each. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApplicationRow } from "@/api/types";
import { MailPreviewPanel } from "@/features/applications/mail-preview";
import { plural } from "@/lib/time";
import { Failed } from "@/shell/faces";
import {
  Badge,
  Banner,
  Button,
  Dialog,
  Field,
  Progress,
  Row,
  Select,
  SkeletonRows,
  Table,
  Td,
  Th,
} from "@/ui";
import { failedWords, HURDLE, type Outcome, stillToSend, useInviting } from "./inviting";

type Props = { people: readonly ApplicationRow[]; onClose: () => void };

export function InviteManyDialog({ people, onClose }: Props) {
  // Rows move on while their mails leave; the dialog stays about those who were chosen.
  const [rows] = useState(people);
  const { outcomes, running, run, stop, preview } = useInviting();
  const left = stillToSend(rows, outcomes);
  const ready = rows.filter((row) => row.invitable === "ready");
  const begun = Object.keys(outcomes).length > 0;
  const done = ready.length - left.length;
  const close = () => {
    stop();
    onClose();
  };
  return (
    <Dialog
      wide
      open
      onOpenChange={(open) => !open && close()}
      title={`Invite ${plural(rows.length, "person", "people")}`}
      description="Each gets a mail of their own, with a link of their own that works once."
      footer={
        <>
          {running ? (
            <Button onClick={stop}>Stop after these</Button>
          ) : (
            <Button onClick={close}>{begun ? "Close" : "Cancel"}</Button>
          )}
          {(left.length > 0 || !begun) && (
            <Button
              variant="primary"
              disabled={running || left.length === 0}
              onClick={() => void run(left)}
            >
              {sendWords(left.length, { begun, running })}
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-4">
        {begun && (
          <Progress
            label="Sending the invitations"
            value={ready.length > 0 ? done / ready.length : 1}
            words={`${done} of ${plural(ready.length, "invitation")} on the way.${running ? " Keep this page open." : ""}`}
          />
        )}
        <Cannot rows={rows.filter((row) => row.invitable !== "ready")} />
        <Table label="Whom to invite">
          <thead>
            <tr>
              <Th>Person</Th>
              <Th>Invitation</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.id} row={row} outcome={outcomes[row.id] ?? { is: "waits" }} />
            ))}
          </tbody>
        </Table>
        {!begun && ready.length > 0 && <Look rows={ready} preview={preview} />}
      </div>
    </Dialog>
  );
}

function sendWords(left: number, { begun, running }: { begun: boolean; running: boolean }): string {
  if (running) return "Sending";
  if (left === 0) return "Nobody can be invited";
  return `${begun ? "Try again with" : "Send"} ${plural(left, "invitation")}`;
}

function Cannot({ rows }: { rows: readonly ApplicationRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Banner tone="attention" title={`${plural(rows.length, "person", "people")} cannot be invited`}>
      Why stands beside them; nothing is sent to them.
    </Banner>
  );
}

function Line({ row, outcome }: { row: ApplicationRow; outcome: Outcome }) {
  const { tone, word, why } = said(row, outcome);
  return (
    <Row>
      <Td className="h-12 min-w-36 font-strong break-words">
        {row.candidate.name ?? "Name unknown"}
      </Td>
      <Td className="h-12 min-w-40">
        <div className="grid items-baseline gap-x-4 gap-y-1 md:grid-cols-[112px_minmax(0,1fr)]">
          <span className="whitespace-nowrap">
            <Badge tone={tone}>{word}</Badge>
          </span>
          <span className="text-ink-2">{why}</span>
        </div>
      </Td>
    </Row>
  );
}

type Said = { tone: "line" | "info" | "good" | "attention" | "trouble"; word: string; why: string };

function said(row: ApplicationRow, outcome: Outcome): Said {
  if (row.invitable !== "ready")
    return { tone: "attention", word: "cannot be", why: HURDLE[row.invitable] };
  switch (outcome.is) {
    case "sending":
      return { tone: "info", word: "sending", why: "" };
    case "sent":
      return { tone: "good", word: "invited", why: "" };
    case "there":
      return { tone: "info", word: "was invited", why: "A colleague was faster; one mail leaves." };
    case "failed":
      return { tone: "trouble", word: "not sent", why: failedWords(outcome.code) };
    default:
      return { tone: "line", word: "ready", why: "" };
  }
}

type LookProps = {
  rows: readonly ApplicationRow[];
  preview: ReturnType<typeof useInviting>["preview"];
};

/** The mails before they leave, one at a time: each exactly as it will be sent. */
function Look({ rows, preview }: LookProps) {
  const [id, setId] = useState("");
  const mail = useQuery({
    queryKey: ["invitation-to-one-of-many", id],
    queryFn: () => preview(id),
    enabled: id !== "",
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const options = [
    { value: "", label: "Choose a person" },
    ...rows.map((row) => ({ value: row.id, label: row.candidate.name ?? "Name unknown" })),
  ];
  return (
    <section aria-label="Look at a mail" className="grid gap-3">
      <Field label="Look at the mail to">
        {(ids) => (
          <Select
            {...ids}
            value={id}
            options={options}
            onChange={(event) => setId(event.target.value)}
          />
        )}
      </Field>
      {mail.error && <Failed what="The mail" error={mail.error} onRetry={mail.refetch} />}
      {id && mail.isPending && <SkeletonRows rows={3} label="Writing the mail" />}
      {mail.data && <MailPreviewPanel mail={mail.data} />}
    </section>
  );
}
