/** Many people at once: hand in a zip of resumes or a list, see what became of each. */
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "@/api/client";
import { AddList } from "@/features/bulk/add-list";
import { uploadsQuery, useUpload } from "@/features/bulk/queries";
import { UploadTable } from "@/features/bulk/upload-table";
import { jobQuery } from "@/features/jobs/queries";
import { Failed } from "@/shell/faces";
import { Page } from "@/shell/page";
import { Banner, Button, EmptyState, FileDrop, Segmented, SkeletonRows } from "@/ui";

export function AddPeoplePage() {
  const jobId = useParams({ strict: false }).jobId ?? "";
  const title = useQuery(jobQuery(jobId)).data?.title ?? "Job";
  const { data, error, refetch } = useQuery(uploadsQuery(jobId));
  const [way, setWay] = useState<"resumes" | "list">("resumes");
  return (
    <Page
      title="Add many people"
      crumbs={[
        { label: "Jobs", to: "/jobs" },
        { label: title, to: `/jobs/${jobId}` },
        { label: "Add many people" },
      ]}
      under={<p className="mt-1 max-w-[68ch] text-ink-2">Nobody is contacted by this.</p>}
    >
      <div className="mt-4 grid gap-6">
        <div>
          <Segmented
            label="What you have"
            value={way}
            onChange={setWay}
            options={[
              { value: "resumes", label: "Resumes" },
              { value: "list", label: "A list" },
            ]}
          />
        </div>
        {way === "list" ? <AddList jobId={jobId} /> : <AddResumes jobId={jobId} />}
        {error && (
          <div className="panel">
            <Failed what="The uploads" error={error} onRetry={refetch} />
          </div>
        )}
        {!data && !error && (
          <div className="panel">
            <SkeletonRows label="Loading the uploads" />
          </div>
        )}
        {data?.length === 0 && (
          <div className="panel">
            <EmptyState title="Nothing was uploaded yet">
              Once a zip or a list is handed in, all that is in it shows here with what became of
              it.
            </EmptyState>
          </div>
        )}
        {data?.map((one) => (
          <UploadTable key={one.id} upload={one} />
        ))}
      </div>
    </Page>
  );
}

function AddResumes({ jobId }: { jobId: string }) {
  const upload = useUpload(jobId);
  return (
    <div className="grid gap-4">
      <FileDrop
        label="Drop a zip of resumes, or choose one"
        accept=".zip,application/zip"
        busy={upload.isPending ? "Uploading and unpacking" : undefined}
        onFile={(archive) => upload.mutate({ archive, sent_as: crypto.randomUUID() })}
      />
      <p className="text-ink-2">A zip with up to 500 resumes, at most 200 MB.</p>
      {upload.error && (
        <Banner tone="trouble" title="The archive was not taken">
          {refusal(upload.error)} Nobody was added.
          {upload.variables && isUnheard(upload.error) && (
            <Button size="s" className="mt-2" onClick={() => upload.mutate(upload.variables)}>
              Send it again
            </Button>
          )}
        </Banner>
      )}
    </div>
  );
}

/** The line broke, or we were away: sent again under its id it is one upload. */
const isUnheard = (error: Error): boolean =>
  !(error instanceof ApiError) || error.status >= 500 || error.code === "offline";

const WHY: Record<string, string> = {
  not_a_zip: "It is not a zip archive.",
  no_files: "There are no resumes in it.",
  too_many_files: "It holds more than 500 files; hand it in as two.",
  too_large: "It is larger than 200 MB; hand it in as two.",
  offline: "The server could not be reached; try again.",
};

function refusal(error: Error): string {
  return (error instanceof ApiError && WHY[error.code]) || `${error.message}.`;
}
