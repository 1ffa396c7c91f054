/** The scorecard by itself, of the newest interview. */
import { useNavigate } from "@tanstack/react-router";
import type { Application } from "@/api/types";
import { EmptyState } from "@/ui";
import { ScorecardPanel } from "./scorecard-panel";

export default function ScorecardTab({ application }: { application: Application }) {
  const navigate = useNavigate();
  const { id, interview_id } = application;
  if (interview_id === null)
    return (
      <div className="panel">
        <EmptyState title="Nothing to mark yet">
          Once the interview is over, each criterion is marked here: yours first, then the suggested
          one shows.
        </EmptyState>
      </div>
    );
  return (
    <div className="max-w-[720px]">
      <ScorecardPanel
        interviewId={interview_id}
        onQuote={(at) =>
          void navigate({
            to: "/applications/$applicationId",
            params: { applicationId: id },
            search: { tab: "interviews", interview: interview_id, at },
          })
        }
      />
    </div>
  );
}
