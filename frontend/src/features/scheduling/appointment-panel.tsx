/** The time of a candidate's interview, as staff see it: when, with whom, and what can be done. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Application, Appointment } from "@/api/types";
import { exactTime, relativeTime } from "@/lib/time";
import { Failed } from "@/shell/faces";
import { Badge, Button, useMinute } from "@/ui";
import { BookDialog } from "./book-dialog";
import { Earlier } from "./earlier";
import { GiveUpDialog } from "./give-up-dialog";
import { Meeting } from "./meeting";
import { MeetingPlace } from "./meeting-place";
import { ProposeButton } from "./propose";
import { appointmentsQuery } from "./queries";
import { earlier, type Standing, standingOf } from "./standing";
import { CALENDAR_STATE, STATE, stateWord } from "./states";
import { TwoZones } from "./two-zones";

type Props = { application: Application; name: string };

/** Nothing at all while there was no time and none can be booked. */
export function AppointmentPanel({ application, name }: Props) {
  const { data, error, refetch } = useQuery(appointmentsQuery(application.id));
  const now = useMinute();
  const mayBook = application.may.includes("book");
  if (error)
    return (
      <div className="panel mt-4">
        <Failed what="The appointment" error={error} onRetry={refetch} />
      </div>
    );
  if (!data || (data.length === 0 && !mayBook)) return null;
  const standing = standingOf(data, now);
  const before = earlier(data, standing);
  return (
    <section aria-label="Appointment" className="panel mt-4">
      <div className="grid gap-x-6 gap-y-3 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto]">
        <div className="grid min-w-0 content-start gap-1">
          <Words standing={standing} name={name} />
          <MeetingPlace
            applicationId={application.id}
            name={name}
            standing={standing}
            mayBook={mayBook}
          />
        </div>
        {mayBook && <Acts application={application} name={name} standing={standing} />}
      </div>
      {"time" in standing && <Meeting application={application} name={name} standing={standing} />}
      {before.length > 0 && <Earlier list={before} />}
    </section>
  );
}

function Words({ standing, name }: { standing: Standing; name: string }) {
  if (standing.is === "none")
    return (
      <>
        <h2 className="font-strong">No time yet</h2>
        <p className="text-ink-2">
          They can choose one themselves from their page; you can book one for them.
        </p>
      </>
    );
  const { time } = standing;
  return (
    <>
      <h2 className="flex flex-wrap items-center gap-2">
        <span className="font-strong">
          Round {time.round_no} with {time.interviewer?.name ?? "the AI interviewer"}
        </span>
        <Badge tone={STATE[time.state].tone}>
          {standing.is === "begun" ? "Its time has come" : stateWord(time)}
        </Badge>
      </h2>
      <TwoZones time={time} name={name} />
      <Until time={time} standing={standing} />
    </>
  );
}

/** What else there is to know: until when it is put aside, that it was moved, the calendar. */
function Until({ time, standing }: { time: Appointment; standing: Standing }) {
  const now = useMinute();
  const facts: ReactNode[] = [];
  if (time.hold_until && (standing.is === "proposed" || standing.is === "choosing"))
    facts.push(
      <span key="hold" title={exactTime(time.hold_until)}>
        {standing.is === "proposed" ? "Waits for their answer" : "They are choosing it"}; given back{" "}
        {relativeTime(time.hold_until, now)}
      </span>,
    );
  if (standing.is === "booked" && time.sequence > 0) facts.push("Moved before");
  if (standing.is === "booked" && time.calendar_state !== "none")
    facts.push(
      <span
        key="calendar"
        className={time.calendar_state === "failed" ? "font-strong text-attention" : undefined}
      >
        {CALENDAR_STATE[time.calendar_state]}
      </span>,
    );
  if (facts.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-3 text-12 text-ink-2">
      {facts.map((fact, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed order of facts
        <span key={at}>{fact}</span>
      ))}
    </p>
  );
}

type Asked = "book" | "cancel" | "another" | null;

function Acts({ application, name, standing }: Props & { standing: Standing }) {
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const stands = standing.is === "booked" || standing.is === "proposed";
  const booked = standing.is === "booked" ? standing.time : null;
  const verb = booked ? "Move" : "Book a time";
  return (
    <div className="flex flex-wrap content-start items-start gap-2">
      {application.may.includes("propose") && (
        <ProposeButton applicationId={application.id} name={name} />
      )}
      {standing.is !== "begun" && <Button onClick={() => setAsked("book")}>{verb}</Button>}
      {booked?.interviewer && (
        <Button onClick={() => setAsked("another")}>Interviewer cannot come</Button>
      )}
      {stands && (
        <Button variant="danger" onClick={() => setAsked("cancel")}>
          {booked ? "Cancel the time" : "Take the proposal back"}
        </Button>
      )}
      {asked === "book" && (
        <BookDialog
          applicationId={application.id}
          jobId={application.job.id}
          name={name}
          moves={booked}
          onClose={close}
        />
      )}
      {(asked === "cancel" || asked === "another") && "time" in standing && (
        <GiveUpDialog
          applicationId={application.id}
          name={name}
          time={standing.time}
          another={asked === "another"}
          onClose={close}
        />
      )}
    </div>
  );
}
