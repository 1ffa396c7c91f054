/** How this job's interviews get a time, how long who waits, and who interviews. */
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { JobPolicy } from "@/api/types";
import { useMay } from "@/features/auth/queries";
import { jobQuery } from "@/features/jobs/queries";
import { PlacePanel } from "@/features/policy/place-panel";
import { PolicyForm } from "@/features/policy/policy-form";
import { PoolPanel } from "@/features/policy/pool-panel";
import { policyQuery } from "@/features/policy/queries";
import { useEditing } from "@/features/policy/use-editing";
import { Failed } from "@/shell/faces";
import { Page } from "@/shell/page";
import { Banner, Button, SaveBar, SkeletonRows, useToast } from "@/ui";

export function SchedulingPage() {
  const { jobId } = useParams({ strict: false });
  const id = jobId ?? "";
  const title = useQuery(jobQuery(id)).data?.title ?? "Job";
  const { data, error, refetch } = useQuery(policyQuery(id));
  if (data) return <Editor key={id} jobId={id} title={title} {...data} />;
  return (
    <Page title="Scheduling" crumbs={crumbs(id, title)}>
      <div className="panel mt-4">
        {error ? (
          <Failed what="The rules" error={error} onRetry={refetch} />
        ) : (
          <SkeletonRows label="Loading the rules" />
        )}
      </div>
    </Page>
  );
}

const crumbs = (jobId: string, title: string) => [
  { label: "Jobs", to: "/jobs" },
  { label: title, to: `/jobs/${jobId}` },
  { label: "Scheduling" },
];

type EditorProps = {
  jobId: string;
  title: string;
  policy: JobPolicy;
  defaults: JobPolicy;
  meeting_place?: string | null;
};

function Editor({ jobId, title, policy, defaults, meeting_place }: EditorProps) {
  const may = useMay("edit_schedule");
  const tell = useToast();
  const editing = useEditing(jobId, policy, defaults);
  const save = () =>
    editing.save(() => tell({ text: "Saved. Times are offered by these rules from now on." }));
  return (
    <Page
      wide
      title="Scheduling"
      under={
        <p className="mt-1 max-w-[68ch] text-ink-2">
          Times are offered, and decisions asked for, by these rules at once. How long who waits
          counts for people who are added from now on.
          {!may && " Whoever hires on this job changes them."}
        </p>
      }
      crumbs={crumbs(jobId, title)}
    >
      <div className="mt-4 grid gap-3 empty:hidden">
        {editing.theirs.length > 0 && (
          <Banner
            tone="attention"
            title="Somebody else changed these rules meanwhile"
            action={
              <span className="flex flex-wrap gap-2">
                <Button size="s" onClick={editing.merge}>
                  Put mine on top
                </Button>
                <Button size="s" variant="quiet" onClick={editing.drop}>
                  Take theirs
                </Button>
              </span>
            }
          >
            They changed: {editing.theirs.join(", ")}. What you typed is only on this screen; on top
            of theirs you can look at it once more and save.
          </Banner>
        )}
        {editing.error && (
          <Banner tone="trouble" title="The rules were not saved">
            {editing.error}
          </Banner>
        )}
      </div>
      <div className="mt-4 grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_392px]">
        <PolicyForm editing={editing} defaults={defaults} readOnly={!may} />
        <div className="grid gap-4">
          <PlacePanel jobId={jobId} place={meeting_place ?? null} readOnly={!may} />
          <PoolPanel jobId={jobId} />
        </div>
      </div>
      {may && editing.dirty && (
        <SaveBar
          wrong={Object.keys(editing.problems).length > 0}
          saving={editing.saving}
          moved={editing.theirs.length > 0}
          onSave={save}
          onDrop={editing.drop}
        />
      )}
    </Page>
  );
}
