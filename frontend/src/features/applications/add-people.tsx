/** Add a person by their resume. Every way a file can be bad has its own plain words. */
import { Link } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { ApiError } from "@/api/client";
import { READ_PROBLEM } from "@/lib/words";
import { Banner, Button, Dialog, Field, FileDrop, Input } from "@/ui";
import { useAddCandidate } from "./queries";

type DialogProps = { jobId: string; open: boolean; onOpenChange: (open: boolean) => void };

export function AddPeopleDialog({ jobId, open, onOpenChange }: DialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Add a person"
      description="Nobody is contacted by this. You see the invitation before it leaves."
    >
      {open && <AddForm jobId={jobId} onClose={() => onOpenChange(false)} />}
    </Dialog>
  );
}

const MAX_BYTES = 10 * 1024 * 1024;

function AddForm({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const add = useAddCandidate(jobId);
  const [file, setFile] = useState<File | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!file) return;
    const form = new FormData(event.currentTarget);
    const typed = (name: string) => String(form.get(name)).trim() || undefined;
    add.mutate({ resume: file, name: typed("name"), email: typed("email") });
  };
  const pick = (next: File) => {
    add.reset();
    setFile(next);
  };
  if (add.data)
    return (
      <Added id={add.data.id} journey={add.data.journey} onClose={onClose} again={add.reset} />
    );
  const tooLarge = file !== null && file.size > MAX_BYTES;
  return (
    <form onSubmit={submit} className="grid gap-4">
      <FileDrop
        label={
          file ? `${file.name} (choose another)` : "Drop a resume, or choose one: PDF, DOCX, text"
        }
        accept=".pdf,.docx,.odt,.rtf,.txt"
        busy={add.isPending ? "Reading the resume" : undefined}
        onFile={pick}
      />
      {tooLarge && (
        <Banner tone="trouble" title={READ_PROBLEM.too_large.title}>
          {READ_PROBLEM.too_large.fix}
        </Banner>
      )}
      {add.error && <Refused error={add.error} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" hint="Only if it is not in the resume">
          {(ids) => <Input {...ids} name="name" maxLength={200} autoComplete="off" />}
        </Field>
        <Field label="E-mail" hint="Only if it is not in the resume">
          {(ids) => <Input {...ids} name="email" type="email" maxLength={320} autoComplete="off" />}
        </Field>
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button asChild variant="quiet" className="mr-auto">
          <Link to="/jobs/$jobId/add" params={{ jobId }} onClick={onClose}>
            Add many by a zip
          </Link>
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={!file || tooLarge || add.isPending}>
          {add.isPending ? "Adding" : "Add"}
        </Button>
      </div>
    </form>
  );
}

type AddedProps = {
  id: string;
  journey: "started" | "waiting";
  onClose: () => void;
  again: () => void;
};

function Added({ id, journey, onClose, again }: AddedProps) {
  return (
    <div className="grid gap-4">
      <Banner tone="good" title="Added">
        {journey === "started"
          ? "The resume is being read and held against the job."
          : "Saved. The workflow engine is away; the journey starts by itself once it is back."}
      </Banner>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={again}>Add another</Button>
        <Button asChild variant="primary">
          <Link to="/applications/$applicationId" params={{ applicationId: id }} onClick={onClose}>
            Open the person
          </Link>
        </Button>
      </div>
    </div>
  );
}

function Refused({ error }: { error: Error }) {
  const { title, body } = refusal(error);
  return (
    <Banner tone="trouble" title={title}>
      {body}
    </Banner>
  );
}

export function refusal(error: Error): { title: string; body: ReactNode } {
  const nothing = " Nothing was added.";
  if (!(error instanceof ApiError)) return { title: "Not added", body: `Try again.${nothing}` };
  const known = READ_PROBLEM[error.code as keyof typeof READ_PROBLEM];
  if (known) return { title: known.title, body: `${known.fix}${nothing}` };
  if (error.status === 413)
    return { title: READ_PROBLEM.too_large.title, body: `${READ_PROBLEM.too_large.fix}${nothing}` };
  if (error.status === 409)
    return {
      title: "This person is in this job already",
      body: (
        <>
          The same e-mail address or the same file was added before.{" "}
          {error.problem.id && (
            <Link
              to="/applications/$applicationId"
              params={{ applicationId: error.problem.id }}
              className="link"
            >
              Open them
            </Link>
          )}
        </>
      ),
    };
  return { title: "Not added", body: `${error.message}.${nothing}` };
}
