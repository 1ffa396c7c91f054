/** Another person looks at a rejection again: asking for it, and where it stands. */
import { type FormEvent, useEffect, useState } from "react";
import { Button, Field, TextArea } from "@/ui";
import { askForReview, getReview, type OwnReview } from "../api";
import { day } from "../dates";
import { Frame, Lead, Note, Section } from "../layout";
import { Gone, Loading } from "./plain";

/** What is known of the own review; null until it is, and when it cannot be had. */
export function useReview(): [OwnReview | null, (next: OwnReview) => void, boolean] {
  const [review, setReview] = useState<OwnReview | null>(null);
  const [looked, setLooked] = useState(false);
  useEffect(() => {
    let here = true;
    getReview()
      .then((found) => here && setReview(found))
      .catch(() => {})
      .finally(() => here && setLooked(true));
    return () => {
      here = false;
    };
  }, []);
  return [review, setReview, looked];
}

const has = (review: OwnReview | null): review is OwnReview =>
  review !== null && (review.may_ask || review.state !== null);

/** The page of somebody who was rejected before any interview. */
export function ReviewPage() {
  const [review, setReview, looked] = useReview();
  if (!looked) return <Loading />;
  if (!has(review)) return <Gone />;
  return (
    <Frame title="Your application" organization={review.organization}>
      <Lead>
        <p>
          {review.state === "reopened"
            ? `Your application for ${review.job_title} is open again.`
            : `${review.organization} has decided not to go on with your application for ${review.job_title}.`}
        </p>
      </Lead>
      <ReviewSection review={review} onChange={setReview} />
      <p className="text-ink-2">
        Questions: {review.contact.name},{" "}
        <a className="link" href={`mailto:${review.contact.email}`}>
          {review.contact.email}
        </a>
      </p>
    </Frame>
  );
}

/** The part about the review on the page after an interview; nothing when there is none. */
export function ReviewPart() {
  const [review, setReview] = useReview();
  if (!has(review)) return null;
  return <ReviewSection review={review} onChange={setReview} />;
}

type Props = { review: OwnReview; onChange: (next: OwnReview) => void };

function ReviewSection({ review, onChange }: Props) {
  return (
    <Section title="Human review">
      {review.state === null ? (
        <Ask review={review} onChange={onChange} />
      ) : (
        <Stands review={review} />
      )}
    </Section>
  );
}

function Stands({ review }: { review: OwnReview }) {
  if (review.state === "asked")
    return (
      <div className="grid gap-3" role="status">
        <p>
          We have your request. A person who did not make the decision looks at your application
          again and writes to you
          {review.answer_by && (
            <>
              {" "}
              by <strong>{day(review.answer_by)}</strong>
            </>
          )}
          , whatever the outcome.
        </p>
        {review.words && (
          <p className="whitespace-pre-line text-ink-2">You wrote: “{review.words}”</p>
        )}
      </div>
    );
  return (
    <p role="status">
      {review.state === "upheld"
        ? "Another person has looked at your application again. The decision stays as it was."
        : "Another person has looked at your application again and opened it. People make a new decision and write to you by e-mail."}
    </p>
  );
}

function Ask({ review, onChange }: Props) {
  const [words, setWords] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailed(false);
    try {
      onChange(await askForReview(words.trim()));
    } catch {
      setFailed(true);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={ask} className="grid w-full gap-4">
      <p>
        If you think something was overlooked, ask for another person to review the decision.
        {review.decided_by && ` It is somebody else than ${review.decided_by}, who decided.`} You
        need not give a reason.
        {review.ask_until && (
          <>
            {" "}
            You can ask until <strong>{day(review.ask_until)}</strong>.
          </>
        )}
      </p>
      <Field label="What should they look at? (only if you want to say)">
        {(ids) => (
          <TextArea
            {...ids}
            rows={4}
            maxLength={4000}
            className="text-17"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      {failed && (
        <Note tone="trouble" live>
          <p>Your request did not reach us. Nothing has changed. Please try again.</p>
        </Note>
      )}
      <div>
        <Button type="submit" variant="primary" size="touch" aria-disabled={busy}>
          Ask for a human review
        </Button>
      </div>
    </form>
  );
}
