/** A published version to read: it never changes. */
import { useQuery } from "@tanstack/react-query";
import { planVersionQuery } from "@/features/jobs/queries";
import { plural, shortDate } from "@/lib/time";
import { Failed } from "@/shell/faces";
import { CriterionKey, Dialog, SkeletonRows } from "@/ui";
import { letter } from "./draft";

type Props = { jobId: string; version: number | null; onClose: () => void };

export function VersionDialog({ jobId, version, onClose }: Props) {
  return (
    <Dialog
      wide
      open={version !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Version ${version ?? ""}`}
      description="Published versions never change; interviews keep the one they were opened with."
    >
      {version !== null && <VersionBody jobId={jobId} version={version} />}
    </Dialog>
  );
}

function VersionBody({ jobId, version }: { jobId: string; version: number }) {
  const { data, error, refetch } = useQuery(planVersionQuery(jobId, version));
  if (error) return <Failed what="The version" error={error} onRetry={refetch} />;
  if (!data) return <SkeletonRows rows={4} label="Loading the version" />;
  return (
    <div className="grid gap-5">
      <p className="text-ink-2">
        Published {shortDate(data.published_at)}, used in {plural(data.used_in, "interview")}.
      </p>
      <ul className="grid gap-3">
        {data.plan.rubric.criteria.map((one, index) => (
          <li key={one.id} className="grid gap-1">
            <p className="flex items-center gap-2 font-strong">
              <CriterionKey letter={letter(index)} /> {one.name}
              <span className="num ml-auto text-ink-2">{one.weight} %</span>
            </p>
            <ol className="grid gap-0.5 pl-7 text-12 text-ink-2">
              {one.anchors.map((anchor) => (
                <li key={anchor.level}>
                  <b className="num text-ink">{anchor.level}</b> {anchor.behaviour}
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
      <ol className="grid gap-1.5">
        {data.plan.questions.map((one, index) => (
          <li key={one.id} className="flex gap-2">
            <span className="num w-4 font-strong text-ink-2">{index + 1}</span>
            <span className="flex-1">{one.text}</span>
            <span className="num text-ink-2">{one.minutes} min</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
