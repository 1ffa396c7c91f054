/** How a meeting with a person went, and the scorecard that is due after it. */
import { Link } from "@tanstack/react-router";
import type { Application, Appointment } from "@/api/types";
import { useMay } from "@/features/auth/queries";
import { exactTime, relativeTime } from "@/lib/time";
import { Banner, Button, useMinute, useToast } from "@/ui";
import { useReportMeeting } from "./queries";
import { whyNoTime } from "./refusals";
import type { Standing } from "./standing";

type Props = {
  application: Application;
  name: string;
  standing: Exclude<Standing, { is: "none" }>;
};

export function Meeting({ application, name, standing }: Props) {
  const may = useMay("mark");
  if (standing.time.interviewer === null || !may) return null;
  if (application.next_step === "meeting")
    return <Report application={application} name={name} time={standing.time} />;
  if (application.next_step === "scorecard") return <CardDue application={application} />;
  return null;
}

function Report({ application, name, time }: Omit<Props, "standing"> & { time: Appointment }) {
  const report = useReportMeeting(application.id);
  const tell = useToast();
  const say = (came: boolean) =>
    report.mutate(
      { interview_id: time.interview_id, came },
      {
        onSuccess: () =>
          tell({
            text: came
              ? "Noted. Fill in the scorecard while it is fresh."
              : `Noted that ${name} did not come. They are offered a new date if they have one left.`,
          }),
      },
    );
  return (
    <div className="grid gap-2 border-t border-line px-4 py-3">
      {report.error && <Banner tone="trouble">{whyNoTime(report.error)}</Banner>}
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-64">
          <b className="font-strong">How did the meeting go?</b>
          <span className="text-ink-2"> Whoever was there says whether {name} came.</span>
        </p>
        <Button onClick={() => say(false)} disabled={report.isPending}>
          They did not come
        </Button>
        <Button variant="primary" onClick={() => say(true)} disabled={report.isPending}>
          It took place
        </Button>
      </div>
    </div>
  );
}

function CardDue({ application }: { application: Application }) {
  const now = useMinute();
  const due = application.due_at;
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-3">
      <p className="min-w-0 flex-1 basis-64">
        <b className="font-strong">The scorecard is to be filled in</b>
        {due && (
          <span className="text-ink-2" title={exactTime(due)}>
            {new Date(due) < now ? "; it was due " : ", due "}
            {relativeTime(due, now)}
          </span>
        )}
      </p>
      <Button asChild>
        <Link
          to="/applications/$applicationId"
          params={{ applicationId: application.id }}
          search={(before) => ({ ...before, tab: "scorecard" })}
        >
          To the scorecard
        </Link>
      </Button>
    </div>
  );
}
