/** A review that the candidate asked for: what they want looked at, until when, and the answer. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { HumanReview } from "@/api/types";
import { relativeTime } from "@/lib/time";
import { Banner, Button, RelativeTime, useMinute, useToast } from "@/ui";
import { type ReviewAnswer, reviewsQuery, useAnswerReview } from "./queries";
import { ReasonedDialog } from "./reasoned-dialog";

type Props = { applicationId: string; name: string };

export function ReviewPanel({ applicationId, name }: Props) {
  const review = useQuery(reviewsQuery(applicationId)).data?.[0];
  if (!review) return null;
  if (review.state === "asked")
    return <Asked applicationId={applicationId} name={name} review={review} />;
  return (
    <div className="mt-4">
      <Banner
        tone="plain"
        title={
          <>
            {review.answered_by?.name}{" "}
            {review.state === "upheld"
              ? "reviewed the rejection and upheld it"
              : "reviewed the rejection and opened the application again"}{" "}
            {review.answered_at && <RelativeTime at={review.answered_at} />}
          </>
        }
      >
        “{review.reason}”
      </Banner>
    </div>
  );
}

function Asked({ applicationId, name, review }: Props & { review: HumanReview }) {
  const [open, setOpen] = useState(false);
  const now = useMinute();
  const when = relativeTime(review.answer_by, now);
  const who = review.assignee?.name ?? "Somebody who did not decide";
  return (
    <div className="mt-4">
      <Banner
        tone={review.late ? "trouble" : "attention"}
        title={
          review.late
            ? `The review they asked for was due ${when}`
            : `They asked for a human review; ${who} answers ${when}`
        }
        action={
          <span className="flex flex-wrap gap-2">
            <Button asChild size="s">
              <Link to="/applications/$applicationId/dossier" params={{ applicationId }}>
                Read the dossier
              </Link>
            </Button>
            {review.may_answer && (
              <Button size="s" onClick={() => setOpen(true)}>
                Answer
              </Button>
            )}
          </span>
        }
      >
        {review.words ? `“${review.words}”` : "They gave no reason, and need none."}
        {!review.may_answer && " Whoever decided does not answer it."}
      </Banner>
      {open && (
        <AnswerDialog applicationId={applicationId} name={name} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}

function AnswerDialog({ applicationId, name, onClose }: Props & { onClose: () => void }) {
  const tell = useToast();
  const answer = useAnswerReview(applicationId);
  const say = (what: ReviewAnswer) => (reason: string) => {
    const said = () => {
      tell({ text: TOLD[what](name) });
      onClose();
    };
    answer.mutate({ answer: what, reason }, { onSuccess: said });
  };
  return (
    <ReasonedDialog
      title={`Review the rejection of ${name}`}
      description="They are told by mail what came of it. Your reason stays in the record."
      hint="What you looked at, and why it stays or is opened again."
      first={{ label: "Open it again", onSay: say("reopen") }}
      second={{ label: "Uphold the decision", onSay: say("uphold") }}
      refused="Your answer was not taken"
      error={answer.error}
      pending={answer.isPending}
      onClose={onClose}
    />
  );
}

const TOLD: Record<ReviewAnswer, (name: string) => string> = {
  uphold: (name) => `The decision about ${name} stays; they are told by mail.`,
  reopen: (name) => `${name} is in review again; they are told by mail.`,
};
