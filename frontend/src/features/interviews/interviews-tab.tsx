/** The rounds of a person: player, transcript and the scorecard beside it. */
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { InterviewRow } from "@/api/types";
import { interviewsQuery } from "@/features/applications/queries";
import { exactTime, plural } from "@/lib/time";
import { INTERVIEW_STATE } from "@/lib/words";
import { Failed } from "@/shell/faces";
import { EmptyState, Segmented, SkeletonRows } from "@/ui";
import { InterviewView } from "./interview-view";

export default function InterviewsTab({
  applicationId,
  name,
}: {
  applicationId: string;
  name: string;
}) {
  const { data, error, refetch } = useQuery(interviewsQuery(applicationId));
  const search = useSearch({ strict: false });
  const [chosen, setChosen] = useState(search.interview);
  if (error)
    return (
      <div className="panel">
        <Failed what="The interviews" error={error} onRetry={refetch} />
      </div>
    );
  if (!data)
    return (
      <div className="panel">
        <SkeletonRows label="Loading interviews" />
      </div>
    );
  // The API tells the newest round first.
  const shown = data.find((one) => one.id === chosen) ?? data[0];
  if (!shown)
    return (
      <div className="panel">
        <EmptyState title="No interview yet">
          Invite them: the link in the mail leads to the interview, whenever it suits them.
        </EmptyState>
      </div>
    );
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        {data.length > 1 && (
          <Segmented
            label="Round"
            value={shown.id}
            onChange={setChosen}
            options={data.toReversed().map((one) => ({ value: one.id, label: roundWords(one) }))}
          />
        )}
        <RoundFacts row={shown} single={data.length === 1} />
      </div>
      {shown.kind === "human" ? (
        <HumanRound row={shown} />
      ) : (
        <InterviewView key={shown.id} id={shown.id} name={name} startMs={search.at ?? 0} />
      )}
    </>
  );
}

function roundWords(row: InterviewRow): string {
  const attempt = row.attempt > 1 ? `, attempt ${row.attempt}` : "";
  return `Round ${row.round_no}${attempt}`;
}

function RoundFacts({ row, single }: { row: InterviewRow; single: boolean }) {
  const at = row.finished_at ?? row.joined_at ?? row.created_at;
  const facts = [
    ...(single ? [roundWords(row)] : []),
    INTERVIEW_STATE[row.state],
    exactTime(at),
    plural(row.turns, "turn"),
  ];
  return (
    <>
      <span className="num text-ink-2">{facts.join(" · ")}</span>
      <span className="num ml-auto text-12 text-ink-2">plan v{row.plan_version}</span>
    </>
  );
}

function HumanRound({ row }: { row: InterviewRow }) {
  return (
    <div className="panel">
      <EmptyState title="This round is held in person">
        {row.assignee
          ? `${row.assignee.name} holds it. Marks are entered under Scorecard.`
          : "Somebody of the team takes it: see Human interviews at the left."}
      </EmptyState>
    </div>
  );
}
