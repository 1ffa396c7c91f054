/** Invite: the mail exactly as it will leave, then one press. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "@/api/client";
import type { MailPreview, RoundKind, Stage } from "@/api/types";
import { plural } from "@/lib/time";
import { Failed } from "@/shell/faces";
import { Banner, Button, Dialog, Segmented, SkeletonRows, useToast } from "@/ui";
import { MailPreviewPanel } from "./mail-preview";
import { invitationPreviewQuery, useInvite } from "./queries";

export type Person = { id: string; name: string; stage: Stage };
type Props = { person: Person; onClose: () => void };

const WHO = [
  { value: "ai", label: "AI interviewer" },
  { value: "human", label: "A person" },
] as const;

export function InviteDialog({ person, onClose }: Props) {
  const [kind, setKind] = useState<RoundKind>("ai");
  const preview = useQuery(invitationPreviewQuery(person.id, kind));
  const invite = useInvite(person.id);
  const tell = useToast();
  const send = () =>
    preview.data &&
    invite.mutate(
      { message_id: preview.data.message_id, kind },
      {
        onSuccess: () => {
          tell({ text: `The invitation to ${person.name} leaves now.` });
          onClose();
        },
      },
    );
  return (
    <Dialog
      wide
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Invite ${person.name}`}
      description="This mail leaves once you send it. The link in it works once."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!preview.data || invite.isPending} onClick={send}>
            {invite.isPending ? "Sending" : "Send the invitation"}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Segmented label="Who asks the questions" value={kind} onChange={setKind} options={WHO} />
          {kind === "human" && (
            <span className="text-12 text-ink-2">
              They choose a time of this job's interviewers; you can book one for them as well.
            </span>
          )}
        </div>
        {invite.error && (
          <Banner tone="trouble" title="The invitation was not sent">
            {invite.error.message}. Nothing left; try again.
          </Banner>
        )}
        {preview.error && <NoPreview error={preview.error} onRetry={preview.refetch} />}
        {preview.isPending && <SkeletonRows rows={4} label="Writing the invitation" />}
        {preview.data && (
          <>
            {kind === "ai" && <LawNote rules={preview.data.rules} />}
            <MailPreviewPanel mail={preview.data} />
          </>
        )}
      </div>
    </Dialog>
  );
}

/** What stands in the way of an invitation, each with what to do about it. */
function NoPreview({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const code = error instanceof ApiError ? error.code : "";
  const fix = FIX[code];
  if (!fix) return <Failed what="The invitation" error={error} onRetry={onRetry} />;
  return (
    <Banner tone="attention" title={fix.title}>
      {fix.body}
    </Banner>
  );
}

const FIX: Record<string, { title: string; body: string }> = {
  no_email: {
    title: "There is no e-mail address",
    body: "Open the person and type one under Resume; then invite.",
  },
  no_published_plan: {
    title: "The plan is not published",
    body: "Publish the job's plan; an invitation pins the version that is live.",
  },
};

function LawNote({ rules }: { rules: MailPreview["rules"] }) {
  const sources = rules.sources ?? [];
  if (sources.length === 0) return null;
  const days = rules.notice_days ?? 0;
  return (
    <Banner tone="plain" title={sources.join(", ")}>
      {days > 0
        ? `The law of the place asks for notice: the interview opens ${plural(days, "day")} after this mail.`
        : "What the law of the place asks for stands in the invitation."}
    </Banner>
  );
}
