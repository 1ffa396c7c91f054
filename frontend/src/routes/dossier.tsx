/** What a rejection rested on, frozen: to read, and to print. */
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { applicationQuery } from "@/features/applications/queries";
import { DossierView } from "@/features/dossier/dossier-view";
import { dossiersQuery } from "@/features/dossier/queries";
import { Failed } from "@/shell/faces";
import { Page } from "@/shell/page";
import { Button, EmptyState, SkeletonRows } from "@/ui";

export function DossierPage() {
  const id = useParams({ strict: false }).applicationId ?? "";
  const { data, error, refetch } = useQuery(dossiersQuery(id));
  const application = useQuery(applicationQuery(id)).data;
  const name = application?.candidate.name ?? "Name unknown";
  return (
    <Page
      title={`Dossier: ${name}`}
      under={
        <p className="mt-1 text-ink-2">
          {application?.job.title}. What the rejection rested on, as it was when it was applied.
        </p>
      }
      crumbs={[
        { label: "Jobs", to: "/jobs" },
        { label: name, to: `/applications/${id}` },
        { label: "Dossier" },
      ]}
      actions={
        data && data.length > 0 ? (
          <Button className="print:hidden" onClick={() => window.print()}>
            Print
          </Button>
        ) : undefined
      }
    >
      <div className="mt-4 grid gap-4">
        {error && (
          <div className="panel">
            <Failed what="The dossier" error={error} onRetry={refetch} />
          </div>
        )}
        {!data && !error && (
          <div className="panel">
            <SkeletonRows label="Loading the dossier" />
          </div>
        )}
        {data?.length === 0 && (
          <div className="panel">
            <EmptyState title="There is no dossier">
              One is frozen when a rejection is applied. Nobody was rejected here.
            </EmptyState>
          </div>
        )}
        {data?.map((dossier) => (
          <DossierView key={dossier.id} dossier={dossier} />
        ))}
      </div>
    </Page>
  );
}
