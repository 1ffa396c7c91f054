/** One person in one job: where they stand, and everything there is to know and to do. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Application } from "@/api/types";
import { DecideDialog } from "@/features/applications/decide-dialog";
import { HistoryTab } from "@/features/applications/history-tab";
import { InviteDialog } from "@/features/applications/invite-dialog";
import { MatchTab } from "@/features/applications/match-tab";
import { MessagesTab } from "@/features/applications/messages-tab";
import { applicationQuery } from "@/features/applications/queries";
import { ResumeTab } from "@/features/applications/resume-tab";
import { StatusLine } from "@/features/applications/status-line";
import type { CandidateTab } from "@/features/applications/tabs";
import { ProposalPanel } from "@/features/decisions/proposal-panel";
import { ReviewPanel } from "@/features/decisions/review-panel";
import { QueueWay, useNextInQueue } from "@/features/review/way";
import { AppointmentPanel } from "@/features/scheduling/appointment-panel";
import { Failed } from "@/shell/faces";
import { Page } from "@/shell/page";
import { useShortcuts } from "@/shell/shortcuts";
import { Avatar, Button, Kbd, SkeletonRows, StageBadge, Tabs } from "@/ui";

const InterviewsTab = lazy(() => import("@/features/interviews/interviews-tab"));
const ScorecardTab = lazy(() => import("@/features/scorecard/scorecard-tab"));

export function CandidatePage() {
  const id = useParams({ strict: false }).applicationId ?? "";
  const { data, error, refetch } = useQuery(applicationQuery(id));
  if (data) return <Candidate key={id} application={data} />;
  return (
    <Page title="Candidate" crumbs={[{ label: "Jobs", to: "/jobs" }, { label: "Candidate" }]}>
      <div className="panel mt-4">
        {error ? (
          <Failed what="The candidate" error={error} onRetry={refetch} />
        ) : (
          <SkeletonRows label="Loading the candidate" />
        )}
      </div>
    </Page>
  );
}

function Candidate({ application }: { application: Application }) {
  const { candidate, job } = application;
  const name = candidate.name ?? "Name unknown";
  const next = useNextInQueue(application.id);
  return (
    <Page
      wide
      title={name}
      heading={
        <div className="flex flex-wrap items-center gap-3">
          <Avatar name={candidate.name ?? "?"} size="l" />
          <h1 className="text-24 font-strong tracking-[-0.014em]">{name}</h1>
          <StageBadge stage={application.stage} />
        </div>
      }
      under={<StatusLine application={application} />}
      crumbs={[
        { label: "Jobs", to: "/jobs" },
        { label: job.title, to: `/jobs/${job.id}` },
        { label: name },
      ]}
      actions={<Actions application={application} name={name} onDecided={next} />}
    >
      <QueueWay id={application.id} />
      <ReviewPanel applicationId={application.id} name={name} />
      <ProposalPanel applicationId={application.id} name={name} onDone={next} />
      <AppointmentPanel application={application} name={name} />
      <CandidateTabs application={application} name={name} />
    </Page>
  );
}

type ActionsProps = { application: Application; name: string; onDecided: () => void };

function Actions({ application, name, onDecided }: ActionsProps) {
  const [asked, setAsked] = useState<"invite" | "decide" | null>(null);
  const mayInvite = application.may.includes("invite");
  const mayDecide = application.may.includes("decide");
  useShortcuts([
    ...(mayInvite ? [{ key: "i", label: "Invite", run: () => setAsked("invite") }] : []),
    ...(mayDecide ? [{ key: "m", label: "Decide", run: () => setAsked("decide") }] : []),
  ]);
  const person = { id: application.id, name, stage: application.stage };
  const close = () => setAsked(null);
  return (
    <>
      {application.workflow && (
        <Button asChild variant="quiet">
          <a href={application.workflow} target="_blank" rel="noreferrer">
            See the workflow
          </a>
        </Button>
      )}
      {mayInvite && (
        <Button variant="primary" onClick={() => setAsked("invite")}>
          Invite <Kbd>i</Kbd>
        </Button>
      )}
      {mayDecide && (
        <Button onClick={() => setAsked("decide")}>
          Decide <Kbd>m</Kbd>
        </Button>
      )}
      {asked === "invite" && <InviteDialog person={person} onClose={close} />}
      {asked === "decide" && <DecideDialog person={person} onClose={close} onDone={onDecided} />}
    </>
  );
}

const TABS = [
  { value: "resume", label: "Resume" },
  { value: "match", label: "Match" },
  { value: "interviews", label: "Interviews" },
  { value: "scorecard", label: "Scorecard" },
  { value: "messages", label: "Messages" },
  { value: "history", label: "History" },
] as const satisfies readonly { value: CandidateTab; label: string }[];

function CandidateTabs({ application, name }: { application: Application; name: string }) {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const tab: CandidateTab = search.tab ?? "resume";
  const show = (next: CandidateTab) =>
    void navigate({
      to: "/applications/$applicationId",
      params: { applicationId: application.id },
      search: (before) => ({ ...(before.queue && { queue: true }), tab: next }),
      replace: true,
    });
  return (
    <div className="mt-3">
      <Tabs label="Candidate" value={tab} onChange={show} tabs={TABS}>
        <Suspense fallback={<SkeletonRows rows={4} label="Loading" />}>
          <TabBody tab={tab} application={application} name={name} />
        </Suspense>
      </Tabs>
    </div>
  );
}

type BodyProps = { tab: CandidateTab; application: Application; name: string };

function TabBody({ tab, application, name }: BodyProps) {
  const { id } = application;
  switch (tab) {
    case "resume":
      return <ResumeTab application={application} />;
    case "match":
      return <MatchTab id={id} hasResume={application.resume_id !== null} />;
    case "interviews":
      return <InterviewsTab applicationId={id} name={name} />;
    case "scorecard":
      return <ScorecardTab application={application} />;
    case "messages":
      return <MessagesTab id={id} />;
    case "history":
      return <HistoryTab id={id} name={name} />;
  }
}
