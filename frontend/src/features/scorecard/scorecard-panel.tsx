/** The scorecard: one's own mark first, then the suggested one and the colleagues' show. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Scorecard } from "@/api/types";
import {
  interviewQuery,
  scorecardQuery,
  useSetMark,
  useSubmitScorecard,
} from "@/features/interviews/queries";
import { letter } from "@/features/plan/draft";
import { exactTime } from "@/lib/time";
import { Failed } from "@/shell/faces";
import { useShortcuts } from "@/shell/shortcuts";
import { Banner, Button, EmptyState, SandboxBadge, SkeletonRows } from "@/ui";
import { CriterionCardView } from "./criterion-card";
import { marked, noTotalWords, totalWords } from "./totals";

type Props = { interviewId: string; onQuote: (ms: number) => void; currentMs?: number };

export function ScorecardPanel({ interviewId, onQuote, currentMs }: Props) {
  const { data, error, refetch } = useQuery(scorecardQuery(interviewId));
  return (
    <section aria-label="Your scorecard" className="panel overflow-hidden">
      {error && <Failed what="The scorecard" error={error} onRetry={refetch} />}
      {!data && !error && <SkeletonRows rows={4} label="Loading the scorecard" />}
      {data && <Card card={data} onQuote={onQuote} currentMs={currentMs} />}
    </section>
  );
}

type CardProps = { card: Scorecard; onQuote: (ms: number) => void; currentMs: number | undefined };

function Card({ card, onQuote, currentMs }: CardProps) {
  const unmarked = card.criteria.find(({ own }) => own === null)?.criterion.id ?? null;
  const [chosen, setChosen] = useState<string | null>(null);
  const setMark = useSetMark(card.interview_id);
  const open = chosen ?? unmarked;
  const editable = card.may_mark && card.submitted_at === null;
  const mark = (criterionId: string, level: number | null, note: string) =>
    setMark.mutate({ criterionId, level, note }, { onSuccess: () => setChosen(criterionId) });
  const openCard = card.criteria.find(({ criterion }) => criterion.id === open);
  useShortcuts(
    editable && openCard
      ? [1, 2, 3, 4, 5].map((level) => ({
          key: String(level),
          label: `Mark ${openCard.criterion.name} with ${level}`,
          run: () => mark(openCard.criterion.id, level, openCard.own?.note ?? ""),
        }))
      : [],
  );
  const done = marked(card);
  return (
    <>
      <Head card={card} done={done} />
      {!editable && card.submitted_at === null && <ReadOnlyNote />}
      {setMark.error && (
        <div className="p-3">
          <Banner tone="trouble" title="The mark was not stored">
            {setMark.error.message}. Choose it again.
          </Banner>
        </div>
      )}
      {card.criteria.map((one, index) => (
        <CriterionCardView
          key={one.criterion.id}
          card={one}
          letter={letter(index)}
          open={one.criterion.id === open}
          editable={editable}
          busy={setMark.isPending}
          currentMs={currentMs}
          onOpen={() => setChosen(one.criterion.id)}
          onMark={(level, note) => mark(one.criterion.id, level, note)}
          onQuote={onQuote}
        />
      ))}
      <Foot card={card} done={done} />
    </>
  );
}

function Head({ card, done }: { card: Scorecard; done: number }) {
  const sandbox = card.criteria.some(({ suggested }) => suggested?.provenance === "sandbox");
  return (
    <>
      <header className="flex items-center gap-2 px-4 py-3.5">
        <h2 className="font-strong">Your scorecard</h2>
        {sandbox && <SandboxBadge />}
        <span className="num ml-auto text-ink-2">
          {done} of {card.criteria.length} marked
        </span>
      </header>
      <div aria-hidden="true" className="h-0.5 bg-line">
        <i
          className="block h-0.5 bg-accent"
          style={{ width: `${(done / card.criteria.length) * 100}%` }}
        />
      </div>
    </>
  );
}

function ReadOnlyNote() {
  return (
    <p className="border-b border-line px-4 py-2 text-12 text-ink-2">
      You can read this card; marking is for the people of the job, once the interview is over.
    </p>
  );
}

function Foot({ card, done }: { card: Scorecard; done: number }) {
  const submit = useSubmitScorecard(card.interview_id);
  const live = useQuery({ ...interviewQuery(card.interview_id), enabled: false }).data?.state;
  const left = card.criteria.length - done;
  if (card.criteria.length === 0)
    return <EmptyState title="No criteria">The plan of this round has none.</EmptyState>;
  return (
    <footer className="grid gap-3 px-4 pt-3 pb-4">
      <p className="text-12 text-ink-2">
        <b className="text-ink">{totalWords(card) ?? "No total."}</b> {noTotalWords(card)}
      </p>
      {submit.error && (
        <Banner tone="trouble">{submit.error.message}. Your marks are stored.</Banner>
      )}
      {card.submitted_at ? (
        <p className="text-12 text-ink-2" title={exactTime(card.submitted_at)}>
          Submitted {exactTime(card.submitted_at)}.
        </p>
      ) : (
        card.may_mark &&
        live !== "live" && (
          <div className="flex items-center gap-2">
            <Button
              variant={left === 0 ? "primary" : "default"}
              disabled={left > 0 || submit.isPending}
              onClick={() => submit.mutate()}
            >
              Submit scorecard
            </Button>
            {left > 0 && (
              <span className="num text-12 text-ink-2">
                {left} {left === 1 ? "mark" : "marks"} left
              </span>
            )}
          </div>
        )
      )}
    </footer>
  );
}
