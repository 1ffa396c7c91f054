/** The resume: the document's text at the left, what was read out of it at the right. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Application, Resume } from "@/api/types";
import { plural } from "@/lib/time";
import { READ_PROBLEM } from "@/lib/words";
import { Failed } from "@/shell/faces";
import { Banner, Button, EmptyState, SkeletonRows } from "@/ui";
import { ContactPanel } from "./contact-panel";
import { DocumentText } from "./document-text";
import { resumeQuery } from "./queries";

export type Place = { start: number; end: number };

export function ResumeTab({ application }: { application: Application }) {
  const { data, error, refetch } = useQuery({
    ...resumeQuery(application.id),
    enabled: application.resume_id !== null,
  });
  const [place, setPlace] = useState<Place | null>(null);
  if (application.resume_id === null)
    return (
      <div className="grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_392px]">
        <div className="panel">
          <EmptyState title="There is no resume">
            {application.erased
              ? "It was erased."
              : "They were added without one. They can be invited all the same."}
          </EmptyState>
        </div>
        <ContactPanel application={application} />
      </div>
    );
  if (error)
    return (
      <div className="panel">
        <Failed what="The resume" error={error} onRetry={refetch} />
      </div>
    );
  if (!data)
    return (
      <div className="panel">
        <SkeletonRows label="Loading the resume" />
      </div>
    );
  return (
    <div className="grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_392px]">
      <DocumentPanel resume={data} place={place} />
      <ContactPanel application={application} resume={data} onPlace={setPlace} />
    </div>
  );
}

function DocumentPanel({ resume, place }: { resume: Resume; place: Place | null }) {
  return (
    <section aria-label="Document" className="panel">
      <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 pr-3 pl-4">
        <h2 className="min-w-0 font-strong break-words">{resume.filename}</h2>
        <span className="num text-12 text-ink-2">
          {resume.pages > 0 && `${plural(resume.pages, "page")}, `}
          {Math.max(1, Math.round(resume.size / 1000))} kB
        </span>
        <Button asChild size="s" className="ml-auto">
          <a href={`/api/media/resumes/${resume.id}`} download>
            Download
          </a>
        </Button>
      </header>
      <div className="grid gap-3 p-4">
        <HiddenText resume={resume} />
        <Outcome resume={resume} place={place} />
      </div>
    </section>
  );
}

function Outcome({ resume, place }: { resume: Resume; place: Place | null }) {
  if (resume.status === null) return <SkeletonRows rows={5} label="The resume is being read" />;
  if (resume.status === "ok") return <DocumentText text={resume.text} place={place} />;
  const { title, fix } = READ_PROBLEM[resume.status];
  return (
    <Banner tone="attention" title={title}>
      {fix} The file itself is kept; you can download it and type name and e-mail at the right.
    </Banner>
  );
}

function HiddenText({ resume }: { resume: Resume }) {
  if (!resume.has_hidden_text) return null;
  return (
    <Banner tone="attention" title="This file holds text that no reader would see">
      White, tiny, covered or off the page. It supports nothing, reaches no model and counts in no
      match.
      {resume.hidden_text && (
        <details className="mt-1">
          <summary className="cursor-pointer font-strong">Show it</summary>
          <p className="mt-1 rounded-s bg-surface px-3 py-2 break-words whitespace-pre-wrap">
            {resume.hidden_text}
          </p>
        </details>
      )}
    </Banner>
  );
}
