/** Leaving the application: named, asked once more, and final. */
import { useState } from "react";
import { Button, Dialog, Field, Input } from "@/ui";
import { withdraw } from "../api";
import type { PageProps } from "../app";
import { Note } from "../layout";

const WORD = "withdraw";

export function Withdraw({ standing, onChange }: PageProps) {
  const [open, setOpen] = useState(false);
  const { job_title: job, organization } = standing.invitation;
  return (
    <Choice
      title="Withdraw"
      text={`You leave this application for ${job} at ${organization}. You do not have to say why.`}
    >
      <Button size="touch" className="sm:min-w-44" onClick={() => setOpen(true)}>
        Withdraw
      </Button>
      <WithdrawDialog
        job={job}
        open={open}
        onOpenChange={setOpen}
        onDone={async () => {
          await onChange({ interview: await withdraw() });
        }}
      />
    </Choice>
  );
}

/** One thing that can be done, said on the left, done on the right. */
export function Choice(props: { title: string; text: string; children: React.ReactNode }) {
  return (
    <div className="grid w-full items-center gap-x-8 gap-y-3 border-t border-line py-5 first:border-t-0 first:pt-0 last:pb-0 sm:grid-cols-[1fr_auto]">
      <div>
        <h3 className="font-strong">{props.title}</h3>
        <p className="text-ink-2">{props.text}</p>
      </div>
      {props.children}
    </div>
  );
}

type DialogProps = {
  job: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => Promise<void>;
};

function WithdrawDialog({ job, open, onOpenChange, onDone }: DialogProps) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<"word" | "failed" | null>(null);
  const leave = async (event: React.FormEvent) => {
    event.preventDefault();
    if (typed.trim().toLowerCase() !== WORD) return setProblem("word");
    setProblem(null);
    await onDone().catch(() => setProblem("failed"));
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Withdraw from ${job}?`}>
      <form className="grid gap-4" onSubmit={leave} noValidate>
        <p>
          Your application ends and nobody marks your answers. This cannot be undone from here; what
          is already recorded stays locked away until it is deleted.
        </p>
        <Field
          label={`Type the word “${WORD}” to go on`}
          error={problem === "word" ? `Please type “${WORD}”.` : undefined}
        >
          {(ids) => (
            <Input
              {...ids}
              autoComplete="off"
              autoCapitalize="none"
              className="h-12 text-17"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        {problem === "failed" && (
          <Note tone="trouble" live>
            <p>That did not reach us. You have not withdrawn. Please try again.</p>
          </Note>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button size="touch" onClick={() => onOpenChange(false)}>
            Keep my application
          </Button>
          <Button size="touch" variant="danger" type="submit">
            Withdraw
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
