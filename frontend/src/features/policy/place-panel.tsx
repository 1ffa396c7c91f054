/** Where a job's meetings with a person take place, unless one of them says otherwise. */
import { type FormEvent, useState } from "react";
import { problemOf } from "@/lib/place";
import { Banner, Button, Field, Input, useToast } from "@/ui";
import { useSetMeetingPlace } from "./queries";

type Props = { jobId: string; place: string | null; readOnly: boolean };

export function PlacePanel({ jobId, place, readOnly }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const set = useSetMeetingPlace(jobId);
  const tell = useToast();
  const shown = typed ?? place ?? "";
  const problem = problemOf(shown) ?? undefined;
  const dirty = typed !== null && (typed.trim() || null) !== place;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!dirty || problem) return;
    set.mutate(shown.trim() || null, {
      onSuccess: () => {
        setTyped(null);
        tell({ text: "Saved. It counts for times that are taken from now on." });
      },
    });
  };
  return (
    <section aria-label="Where you meet" className="panel">
      <header className="flex min-h-12 items-center border-b border-line px-4 py-2">
        <h2 className="font-strong">Where you meet</h2>
      </header>
      <form onSubmit={submit} className="grid gap-3 p-4">
        {set.error && <Banner tone="trouble">{set.error.message}. Nothing was changed.</Banner>}
        <Field
          label="Place or video link"
          hint="For meetings with a person: on the candidate's page, in mails and calendars. One meeting can say otherwise."
          error={problem}
        >
          {(ids) => (
            <Input
              {...ids}
              value={shown}
              maxLength={400}
              disabled={readOnly}
              autoComplete="off"
              placeholder="Room 4, second floor, or https://…"
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        {dirty && !readOnly && (
          <div className="flex gap-2">
            <Button
              type="submit"
              size="s"
              variant="primary"
              disabled={Boolean(problem) || set.isPending}
            >
              Save the place
            </Button>
            <Button size="s" variant="quiet" onClick={() => setTyped(null)}>
              Discard
            </Button>
          </div>
        )}
      </form>
    </section>
  );
}
