/** A description, pasted or read out of a dropped PDF, DOCX or text file. */
import { useState } from "react";
import { plural } from "@/lib/time";
import { READ_PROBLEM } from "@/lib/words";
import { Banner, Field, FileDrop, TextArea } from "@/ui";
import { useReadDescription } from "./queries";

type Props = {
  value: string;
  onChange: (text: string) => void;
  onTitle: (title: string) => void;
  disabled: boolean;
};

const MAX_MB = 10;

export function Description({ value, onChange, onTitle, disabled }: Props) {
  const read = useReadDescription();
  const [refused, setRefused] = useState<string | null>(null);
  const take = (file: File) => {
    setRefused(null);
    read.reset();
    if (file.size > MAX_MB * 1_000_000) return setRefused(READ_PROBLEM.too_large.fix);
    read.mutate(file, {
      onSuccess: ({ status, text }) => {
        if (status !== "ok") return;
        onChange(text);
        const first = text.split("\n").find((line) => line.trim());
        if (first && first.trim().length <= 80) onTitle(first.trim());
      },
    });
  };
  return (
    <>
      <Field label="Description">
        {(ids) => (
          <TextArea
            {...ids}
            required
            rows={14}
            maxLength={50_000}
            disabled={disabled}
            placeholder="Paste the description here"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      {!disabled && (
        <FileDrop
          label="Or drop a PDF, DOCX or text file"
          accept=".pdf,.docx,.txt,.md,.odt,.rtf"
          busy={read.isPending ? "Reading the file" : undefined}
          onFile={take}
        />
      )}
      <ReadOutcome read={read} refused={refused} />
    </>
  );
}

type OutcomeProps = { read: ReturnType<typeof useReadDescription>; refused: string | null };

function ReadOutcome({ read, refused }: OutcomeProps) {
  if (refused)
    return (
      <Banner tone="trouble" title={READ_PROBLEM.too_large.title}>
        {refused}
      </Banner>
    );
  if (read.error)
    return (
      <Banner tone="trouble" title="The file was not read">
        {read.error.message}. Nothing was kept; paste the text instead, or try again.
      </Banner>
    );
  if (!read.data) return null;
  const { status, pages } = read.data;
  if (status === "ok")
    return <Banner tone="good">{plural(pages, "page")} read. Look it over above.</Banner>;
  const { title, fix } = READ_PROBLEM[status];
  return (
    <Banner tone="trouble" title={title}>
      {fix} Nothing was kept.
    </Banner>
  );
}
