/** A list of people: chosen, looked at, added. */
import { useState } from "react";
import { ApiError } from "@/api/client";
import { Banner, FileDrop } from "@/ui";
import { ListPreviewPanel } from "./list-preview";
import { LIST_REFUSED } from "./list-words";
import { type ChosenList, useAddList, useListPreview } from "./queries";

export function AddList({ jobId }: { jobId: string }) {
  const [chosen, setChosen] = useState<ChosenList | null>(null);
  const preview = useListPreview(jobId);
  const add = useAddList(jobId);
  const choose = (people: File) => {
    const list = { people, sent_as: crypto.randomUUID() };
    setChosen(list);
    add.reset();
    preview.mutate(list);
  };
  const leave = () => {
    setChosen(null);
    preview.reset();
  };
  const error = add.error ?? preview.error;
  return (
    <div className="grid gap-4">
      <FileDrop
        label="Drop a list of people, or choose one"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        busy={preview.isPending ? "Reading the list" : undefined}
        onFile={choose}
      />
      <p className="text-ink-2">
        A CSV with the columns Name and E-mail, at most 500 people; Language, Time zone and ID may
        be there too.{" "}
        <a href="/example-people.csv" download className="link">
          Download an example
        </a>
      </p>
      {error && (
        <Banner
          tone="trouble"
          title={add.error ? "The list was not taken" : "This is not a list of people"}
        >
          {refusal(error)} Nobody was added.
        </Banner>
      )}
      {preview.data && chosen && (
        <ListPreviewPanel
          list={preview.data}
          file={chosen.people.name}
          busy={add.isPending}
          onAdd={() => add.mutate(chosen, { onSuccess: leave })}
          onCancel={leave}
        />
      )}
    </div>
  );
}

function refusal(error: Error): string {
  return (error instanceof ApiError && LIST_REFUSED[error.code]) || `${error.message}.`;
}
