/** The plan of a job: criteria, questions and persona; publishing makes a version that never changes. */
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { JobPlan } from "@/api/types";
import { meQuery } from "@/features/auth/queries";
import { jobQuery, planQuery } from "@/features/jobs/queries";
import { CriteriaPanel } from "@/features/plan/criteria-panel";
import { minutes, problems } from "@/features/plan/draft";
import { type Editing, useEditing } from "@/features/plan/editing";
import { PersonaPanel } from "@/features/plan/persona-panel";
import { QuestionsPanel } from "@/features/plan/questions-panel";
import { VersionsLine } from "@/features/plan/versions-line";
import { Failed } from "@/shell/faces";
import { KeyLine } from "@/shell/help";
import { Heading, Page } from "@/shell/page";
import { Banner, Button, SkeletonRows, useToast } from "@/ui";

export function PlanPage() {
  const { jobId } = useParams({ strict: false });
  const id = jobId ?? "";
  const job = useQuery(jobQuery(id)).data;
  const { data, error, refetch } = useQuery(planQuery(id));
  if (data) return <Editor key={id} jobId={id} title={job?.title ?? "Job"} plan={data} />;
  return (
    <Page title="Plan" crumbs={crumbs(id, job?.title ?? "Job")}>
      <div className="panel mt-4">
        {error ? (
          <Failed what="The plan" error={error} onRetry={refetch} />
        ) : (
          <SkeletonRows label="Loading the plan" />
        )}
      </div>
    </Page>
  );
}

const crumbs = (jobId: string, title: string) => [
  { label: "Jobs", to: "/jobs" },
  { label: title, to: `/jobs/${jobId}` },
  { label: "Plan" },
];

type EditorProps = { jobId: string; title: string; plan: JobPlan };

function Editor({ jobId, title, plan }: EditorProps) {
  const may = useQuery(meQuery).data?.permissions.includes("edit_plan") ?? false;
  const tell = useToast();
  const editing = useEditing(jobId, plan);
  const { draft } = editing;
  const next = (plan.versions[0]?.version ?? 0) + 1;
  const publish = () =>
    editing.publish(() =>
      tell({ text: `Version ${next} is live. Invitations sent from now on use it.` }),
    );
  return (
    <Page
      wide
      title={`Plan, ${title}`}
      heading={
        <div className="flex flex-wrap items-baseline gap-x-2">
          <Heading>Plan</Heading>
          <span className="num text-ink-2">
            {draft.title}, {minutes(draft)} min
          </span>
        </div>
      }
      crumbs={crumbs(jobId, title)}
      actions={
        may && (
          <>
            <SaveState editing={editing} />
            <Button variant="primary" onClick={publish} disabled={!editing.mayPublish}>
              {editing.publishing ? "Publishing" : `Publish v${next}`}
            </Button>
          </>
        )
      }
    >
      <Trouble editing={editing} />
      <VersionsLine jobId={jobId} plan={plan} draft={draft} next={next} />
      <div className="mt-4 grid items-start gap-4 md:grid-cols-2 lg:grid-cols-[minmax(0,548fr)_minmax(0,400fr)_264px]">
        <CriteriaPanel
          draft={draft}
          live={plan.live?.plan}
          change={editing.change}
          readOnly={!may}
        />
        <QuestionsPanel draft={draft} change={editing.change} readOnly={!may} />
        <PersonaPanel persona={draft.persona} />
      </div>
      <KeyLine
        keys={[
          ["Alt j k", "move what has the focus"],
          ["Enter", "open anchors"],
        ]}
      />
    </Page>
  );
}

function SaveState({ editing }: { editing: Editing }) {
  const words = {
    saved: "Draft saved",
    saving: "Saving",
    waiting: "Not saved yet",
    incomplete: "Not saved: see what is missing",
    failed: "Not saved",
  }[editing.state];
  return (
    <span role="status" className="self-center text-12 text-ink-2">
      {words}
    </span>
  );
}

function Trouble({ editing }: { editing: Editing }) {
  const missing = problems(editing.draft);
  return (
    <div className="mt-4 grid gap-3 empty:hidden">
      {editing.stale && (
        <Banner
          tone="attention"
          title="Somebody else saved this plan meanwhile"
          action={
            <Button size="s" onClick={editing.reload}>
              Take their version
            </Button>
          }
        >
          Your changes are only on this screen. Taking their version drops them.
        </Banner>
      )}
      {editing.error && !editing.stale && (
        <Banner
          tone="trouble"
          title="The draft was not saved"
          action={
            <Button size="s" onClick={editing.save}>
              Try again
            </Button>
          }
        >
          {editing.error.message}. Your changes are still on this screen.
        </Banner>
      )}
      {missing.length > 0 && (
        <Banner tone="attention" title="Before it can be saved and published">
          <ul>
            {missing.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Banner>
      )}
    </div>
  );
}
