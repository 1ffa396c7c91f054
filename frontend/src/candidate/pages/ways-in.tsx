/** The ways in: what to press now, and what happens then. */
import { Button, useMinute } from "@/ui";
import { go } from "../address";
import type { PageProps } from "../app";
import { day, hour } from "../dates";
import { Actions } from "../layout";
import { notOpenWords, whenWords } from "../times/words";
import { type Closed, closedBy, hasBegun, hasTime, isWithPerson, type Standing } from "../where";
import { AskPerson } from "./ask-person";

export function WaysIn({ standing, onChange }: PageProps) {
  const closed = closedBy(standing, useMinute());
  const begun = hasBegun(standing);
  const start = () => go(standing.invitation.consented ? "check" : "agree");
  return (
    <div className="grid gap-4 pt-8 pb-9 sm:pt-12 sm:pb-14">
      <Actions>
        {!closed && (
          <Button variant="primary" size="l" onClick={start}>
            {begun ? "Go on with the interview" : "Start now"}
          </Button>
        )}
        {!begun && closed !== "late" && <ToTime standing={standing} primary={closed !== null} />}
        {!isWithPerson(standing) && (
          <AskPerson
            standing={standing}
            onChange={onChange}
            label="I would rather speak to a person"
          />
        )}
      </Actions>
      <p className="max-w-[640px] text-ink-2">{startWords(standing, closed, begun)}</p>
    </div>
  );
}

/** The way to one's time: to see it, or to choose one. */
function ToTime({ standing, primary }: { standing: Standing; primary: boolean }) {
  const { appointment, may_choose: may } = standing.schedule;
  const look = primary ? "primary" : "default";
  if (hasTime(standing))
    return (
      <Button variant={look} size="l" onClick={() => go("time")}>
        {appointment ? "See your time" : "See the proposed time"}
      </Button>
    );
  if (!may) return <ToWriter standing={standing} />;
  return (
    <Button variant={look} size="l" onClick={() => go("choose")}>
      {primary ? "Choose a time" : "Choose a time for later"}
    </Button>
  );
}

/** Who finds a time where the candidate cannot by themselves any more. */
function ToWriter({ standing: { invitation, schedule } }: { standing: Standing }) {
  const { contact } = invitation;
  if (schedule.why_not !== "no_free_change" || schedule.way === "any_time" || !contact) return null;
  return (
    <Button asChild variant="primary" size="l">
      <a href={`mailto:${contact.email}`}>Write to {contact.name}</a>
    </Button>
  );
}

function startWords(standing: Standing, closed: Closed | null, begun: boolean): string {
  const { invitation, schedule } = standing;
  const opens = invitation.opens_at;
  if (closed === "early" && opens)
    return `You can start from ${day(opens)}, ${hour(opens)}: the law of your place gives you this time to think about it.`;
  if (closed === "late")
    return "The time for this interview is over. Nobody has decided anything because of that: a person looks at it. You can still ask for a person.";
  if (begun) return "It goes on where you stopped; everything you said is kept.";
  if (schedule.appointment) {
    const { starts_at: start, zone } = schedule.appointment;
    return `Your time is ${whenWords(start, zone)}. You can move or cancel it until it begins.`;
  }
  if (closed === "person" || closed === "no-time")
    return schedule.may_choose
      ? "The times are shown in your own zone. You can move or cancel yours later."
      : notOpenWords(standing);
  return "You read what is recorded and agree first, then check your microphone. You can also type every answer. If you ask for a person, it does not count against you.";
}
