/** What Temporal still holds of a closed application: erased for good, behind a confirmation. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { exactTime } from "@/lib/time";
import { Banner, Button, Dialog, useToast } from "@/ui";
import { ERASE_WHY_NOT, receiptWords } from "./histories";
import { type Erasure, historiesQuery, useEraseHistories } from "./queries";

export function HistoriesPanel({ id, name }: { id: string; name: string }) {
  const { data } = useQuery(historiesQuery(id));
  const [asking, setAsking] = useState(false);
  if (!data) return null;
  const newest = data.erasures[0];
  const underWay = data.refusal === "erasing_already";
  return (
    <section aria-label="Workflow histories" className="panel">
      <header className="flex min-h-12 flex-wrap items-center gap-2 border-b border-line py-2 pr-3 pl-4">
        <h2 className="font-strong">Workflow histories</h2>
        <Button
          size="s"
          className="ml-auto"
          disabled={data.refusal !== null}
          onClick={() => setAsking(true)}
        >
          {underWay ? "Erasing…" : "Erase the histories"}
        </Button>
      </header>
      <div className="grid gap-2 p-4">
        <p className="max-w-[76ch] text-ink-2">
          {data.refusal
            ? ERASE_WHY_NOT[data.refusal]
            : newest?.gone_at
              ? "What came into being since can be erased as well."
              : "Temporal keeps the step-by-step history of this application for 30 days. It can be erased before."}
        </p>
        {data.erasures.length > 0 && (
          <ul aria-label="Receipts" className="grid gap-1">
            {data.erasures.map((each) => (
              <Receipt key={each.id} erasure={each} />
            ))}
          </ul>
        )}
      </div>
      {asking && (
        <EraseDialog id={id} name={name} files={data.files_kept} onClose={() => setAsking(false)} />
      )}
    </section>
  );
}

function Receipt({ erasure }: { erasure: Erasure }) {
  return (
    <li className="grid gap-x-4 sm:grid-cols-[176px_minmax(0,1fr)]">
      <time dateTime={erasure.asked_at} className="num text-12 leading-5 text-ink-2">
        {exactTime(erasure.asked_at)}
      </time>
      <p className={erasure.refused ? "text-attention" : undefined}>{receiptWords(erasure)}</p>
    </li>
  );
}

type DialogProps = { id: string; name: string; files: number; onClose: () => void };

function EraseDialog({ id, name, files, onClose }: DialogProps) {
  const erase = useEraseHistories(id);
  const tell = useToast();
  const submit = () =>
    erase.mutate(undefined, {
      onSuccess: () => {
        tell({ text: "The histories are being erased; the receipt follows." });
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={(is) => !is && onClose()}
      title={`Erase the workflow histories of ${name}`}
      description="This cannot be undone."
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="danger" onClick={submit} disabled={erase.isPending}>
            Erase the histories
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {erase.error && <Banner tone="trouble">{erase.error.message}. Nothing was erased.</Banner>}
        <p className="font-strong">Destroyed in Temporal, every run of it:</p>
        <ul className="ml-4 grid list-disc gap-1">
          <li>the journey, its interviews and its meetings</li>
          <li>reviews of the decision</li>
          <li>mails sent again, changes in calendars, late additions to recordings</li>
          <li>
            files made of recordings
            {files > 0 &&
              `; ${files === 1 ? "one that can still be fetched goes" : `${files} that can still be fetched go`} too`}
          </li>
        </ul>
        <p className="text-ink-2">
          Afterwards nobody can look up in Temporal Web what went on. What stands here stays:
          resume, answers, recordings, marks, decisions, mails and the audit.
        </p>
      </div>
    </Dialog>
  );
}
