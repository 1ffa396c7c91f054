/** The plan as drafted from a description: to accept as it stands, or to edit. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Job, Plan } from "@/api/types";
import { letter, minutes } from "@/features/plan/draft";
import { plural } from "@/lib/time";
import { Failed } from "@/shell/faces";
import { Badge, Banner, Button, CriterionKey, Progress, Skeleton } from "@/ui";
import { planQuery, usePublish } from "./queries";

type Props = {
  pending: boolean;
  job: Job | undefined;
  onAccepted: (jobId: string) => void;
  onEdit: (jobId: string) => void;
};

export function DraftedPlan({ pending, job, onAccepted, onEdit }: Props) {
  return (
    <section aria-label="Drafted plan" className="panel" aria-live="polite">
      <header className="flex h-12 items-center border-b border-line px-4">
        <h2 className="font-strong">Plan</h2>
      </header>
      {job ? (
        <Drafted job={job} onAccepted={onAccepted} onEdit={onEdit} />
      ) : pending ? (
        <Drafting />
      ) : (
        <Before />
      )}
    </section>
  );
}

function Before() {
  return (
    <div className="grid gap-3 p-5 text-ink-2">
      <p>What will stand here once you press “Draft a plan”:</p>
      <ul className="grid list-disc gap-1 pl-5">
        <li>what the job asks for, to hold resumes against</li>
        <li>
          criteria with weights and five anchors each, from technical skill, communication and
          culture
        </li>
        <li>four to six questions, the same for everybody</li>
      </ul>
      <p>You can change all of it before anybody is invited.</p>
    </div>
  );
}

function Drafting() {
  return (
    <div className="grid gap-4 p-5">
      <Progress
        label="Drafting the plan"
        words="Reading requirements, drafting criteria and questions"
      />
      <Skeleton className="h-3 w-2/3" />
      <Skeleton className="h-3 w-1/2" />
      <Skeleton className="h-3 w-3/4" />
    </div>
  );
}

function Drafted({ job, onAccepted, onEdit }: Omit<Props, "pending"> & { job: Job }) {
  const { data, error, refetch } = useQuery(planQuery(job.id));
  const publish = usePublish(job.id);
  if (error) return <Failed what="The plan" error={error} onRetry={refetch} />;
  if (!data) return <Drafting />;
  const accept = () => publish.mutate(data.draft.revision, { onSuccess: () => onAccepted(job.id) });
  return (
    <div className="grid gap-5 p-5">
      <PlanSummary plan={data.draft.plan} requirements={job.requirements.items ?? []} />
      {publish.error && (
        <Banner tone="trouble" title="The plan was not published">
          {publish.error.message}. The draft is safe; open it to see what is missing.
        </Banner>
      )}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={accept} disabled={publish.isPending}>
          Accept and publish
        </Button>
        <Button onClick={() => onEdit(job.id)}>Edit first</Button>
      </div>
    </div>
  );
}

type SummaryProps = { plan: Plan; requirements: NonNullable<Job["requirements"]["items"]> };

function PlanSummary({ plan, requirements }: SummaryProps) {
  return (
    <>
      <Part title={`${plural(requirements.length, "requirement")} read`}>
        {requirements.length === 0 && (
          <p className="text-ink-2">None found. Resumes will show without a match.</p>
        )}
        {requirements.map((one) => (
          <li key={one.key} className="flex items-start gap-2">
            <Badge small tone={one.weight === "must" ? "accent" : "plain"}>
              {one.weight === "must" ? "must" : "nice"}
            </Badge>
            <span>{one.text}</span>
          </li>
        ))}
      </Part>
      <Part title={plural(plan.rubric.criteria.length, "criterion", "criteria")}>
        {plan.rubric.criteria.map((one, index) => (
          <li key={one.id} className="flex items-center gap-2">
            <CriterionKey letter={letter(index)} />
            <span className="flex-1">{one.name}</span>
            <span className="num text-ink-2">{one.weight} %</span>
          </li>
        ))}
      </Part>
      <Part title={`${plural(plan.questions.length, "question")}, ${minutes(plan)} min`}>
        {plan.questions.map((one, index) => (
          <li key={one.id} className="flex gap-2">
            <span className="num w-4 flex-none font-strong text-ink-2">{index + 1}</span>
            <span className="flex-1">{one.text}</span>
            <span className="num whitespace-nowrap text-ink-2">{one.minutes} min</span>
          </li>
        ))}
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-2">
      <h3 className="text-12 font-strong text-ink-2">{title}</h3>
      <ul className="grid gap-2">{children}</ul>
    </div>
  );
}
