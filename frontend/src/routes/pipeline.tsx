/** The people of one job, as a board or as a table. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ApplicationRow, Job, Stage } from "@/api/types";
import { AddPeopleDialog } from "@/features/applications/add-people";
import { DecideDialog } from "@/features/applications/decide-dialog";
import { InviteDialog } from "@/features/applications/invite-dialog";
import { applicationsQuery } from "@/features/applications/queries";
import { meQuery } from "@/features/auth/queries";
import { Board } from "@/features/board/board";
import { BoardFilters } from "@/features/board/board-filters";
import { type BoardSearch, visible } from "@/features/board/filters";
import { InviteBar, InviteSeveral } from "@/features/board/invite-bar";
import { InviteManyDialog } from "@/features/board/invite-many";
import { type Move, meaningOf } from "@/features/board/moves";
import { PeopleTable } from "@/features/board/people-table";
import { useBoardKeys } from "@/features/board/use-board-keys";
import { useSeveral } from "@/features/board/use-several";
import { jobQuery } from "@/features/jobs/queries";
import { plural, since } from "@/lib/time";
import { Failed } from "@/shell/faces";
import { KeyLine } from "@/shell/help";
import { Heading, Page } from "@/shell/page";
import {
  Badge,
  Banner,
  Button,
  EmptyState,
  Icon,
  Kbd,
  SkeletonRows,
  useMinute,
  useToast,
} from "@/ui";

export function PipelinePage() {
  const jobId = useParams({ strict: false }).jobId ?? "";
  const job = useQuery(jobQuery(jobId)).data;
  const [adding, setAdding] = useState(false);
  const permissions = useQuery(meQuery).data?.permissions ?? [];
  const title = job?.title ?? "Job";
  return (
    <Page
      wide
      title={title}
      heading={
        <div className="flex flex-wrap items-center gap-2">
          <Heading>{title}</Heading>
          {job && (
            <Badge tone={job.closed_at ? "line" : "good"}>
              {job.closed_at ? "Closed" : "Open"}
            </Badge>
          )}
        </div>
      }
      under={job && <JobLine job={job} />}
      crumbs={[{ label: "Jobs", to: "/jobs" }, { label: title }]}
      actions={
        <>
          <Button asChild>
            <Link to="/jobs/$jobId/plan" params={{ jobId }}>
              Plan
            </Link>
          </Button>
          <Button asChild>
            <Link to="/jobs/$jobId/scheduling" params={{ jobId }}>
              Scheduling
            </Link>
          </Button>
          {permissions.includes("add_application") && (
            <Button variant="primary" onClick={() => setAdding(true)}>
              <Icon name="plus" /> Add people <Kbd>n</Kbd>
            </Button>
          )}
        </>
      }
    >
      {job && !job.plan_published && (
        <div className="mt-4">
          <Banner
            tone="attention"
            title="The plan is still a draft"
            action={
              <Button asChild size="s">
                <Link to="/jobs/$jobId/plan" params={{ jobId }}>
                  Open the plan
                </Link>
              </Button>
            }
          >
            People can be added; they can be invited once it is published.
          </Banner>
        </div>
      )}
      <People jobId={jobId} onAdd={() => setAdding(true)} />
      <AddPeopleDialog jobId={jobId} open={adding} onOpenChange={setAdding} />
    </Page>
  );
}

function JobLine({ job }: { job: Job }) {
  const now = useMinute();
  const facts = [
    plural(job.people, "person", "people"),
    `open ${since(job.created_at, now)}`,
    job.plan_published ? "plan published" : "plan is a draft",
    `${job.waiting_on_us} wait on us`,
  ];
  return <p className="num mt-1 text-ink-2">{facts.join(" · ")}</p>;
}

type Asked = { row: ApplicationRow; move: Move } | null;

function People({ jobId, onAdd }: { jobId: string; onAdd: () => void }) {
  const { data, error, refetch } = useQuery(applicationsQuery(jobId));
  if (error)
    return (
      <div className="panel mt-4">
        <Failed what="The people" error={error} onRetry={refetch} />
      </div>
    );
  if (!data)
    return (
      <div className="panel mt-4">
        <SkeletonRows label="Loading people" />
      </div>
    );
  if (data.length === 0) return <Nobody onAdd={onAdd} />;
  return <Pipeline jobId={jobId} people={data} onAdd={onAdd} />;
}

type PipelineProps = { jobId: string; people: readonly ApplicationRow[]; onAdd: () => void };

function Pipeline({ jobId, people, onAdd }: PipelineProps) {
  const search: BoardSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const tell = useToast();
  const [asked, setAsked] = useState<Asked>(null);
  const rows = visible(people, search);
  const several = useSeveral(rows);
  const table = search.view === "table";
  const open = (id: string) =>
    void navigate({ to: "/applications/$applicationId", params: { applicationId: id } });
  const ask = (row: ApplicationRow, move: Move) => {
    if (move.do === "refuse") tell({ text: move.because });
    else if (move.do !== "nothing") setAsked({ row, move });
  };
  const selected = useBoardKeys({
    rows,
    view: search.view ?? "board",
    open,
    decide: (row) => ask(row, { do: "decide" }),
    invite: (row) => ask(row, meaningOf(row, "invited")),
    choose: several.byKey(table),
    add: onAdd,
  });
  const set = (next: BoardSearch) =>
    void navigate({ to: "/jobs/$jobId", params: { jobId }, search: next, replace: true });
  return (
    <>
      <BoardFilters
        search={search}
        onChange={set}
        shown={rows.length}
        of={people.length}
        action={
          <InviteSeveral
            shown={several.may && !(table && search.stage === "screening")}
            people={people}
            onPress={() => set({ view: "table", stage: "screening" })}
          />
        }
      />
      {table && <InviteBar several={several} />}
      {table ? (
        <PeopleTable
          rows={rows}
          selected={selected}
          chosen={several.chosen}
          onChoose={several.byHand}
        />
      ) : (
        <Board
          rows={rows}
          selected={selected}
          onMove={(row, to: Stage) => ask(row, meaningOf(row, to))}
        />
      )}
      <KeyLine
        keys={[
          [table ? "j k" : "h j k l", "move"],
          ["Enter", "open"],
          ...several.keys(table),
          ["i", "invite"],
          ["m", "decide, with a reason"],
        ]}
      />
      <Dialogs asked={asked} onClose={() => setAsked(null)} />
      {several.asked && <InviteManyDialog people={several.asked} onClose={several.close} />}
    </>
  );
}

function Dialogs({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  if (!asked) return null;
  const { row, move } = asked;
  const person = { id: row.id, name: row.candidate.name ?? "this person", stage: row.stage };
  if (move.do === "invite") return <InviteDialog person={person} onClose={onClose} />;
  if (move.do === "decide")
    return <DecideDialog person={person} kind={move.kind} onClose={onClose} />;
  return null;
}

function Nobody({ onAdd }: { onAdd: () => void }) {
  return (
    <div className="panel mt-4">
      <EmptyState
        title="Nobody here yet"
        action={
          <Button variant="primary" onClick={onAdd}>
            <Icon name="plus" /> Add people
          </Button>
        }
      >
        Upload a resume: name and e-mail address are read from it, and it is held against what the
        job asks for. Nobody is contacted by that.
      </EmptyState>
    </div>
  );
}
