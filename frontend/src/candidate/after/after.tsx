/** After the interview: thanks, what happens next, one's own words to correct, and the ways out. */
import { useEffect } from "react";
import type { OwnInterview } from "../api";
import type { PageProps } from "../app";
import { counted, day, firstName } from "../dates";
import { addedAny, Healing } from "../keep/healing";
import { useBackfill } from "../keep/use-keeping";
import { Frame, Help, Lead, Section } from "../layout";
import { AskPerson } from "../pages/ask-person";
import { ReviewPart } from "../pages/review";
import { Choice, Withdraw } from "../pages/withdraw";
import { hasEndedUnused, hasRunOut, isWithPerson, type Standing } from "../where";
import { Steps } from "./steps";
import { TranscriptPart } from "./transcript";

export function After(props: PageProps) {
  const { standing, onChange } = props;
  const { invitation, interview } = standing;
  const between = hasEndedUnused(standing);
  useUntilRead(interview.stage, between, onChange);
  if (interview.withdrawn) return <Withdrawn {...props} />;
  if (hasRunOut(standing, new Date())) return <Unused {...props} />;
  const name = invitation.candidate_name;
  const decided = interview.stage === "decided" || interview.stage === "closed";
  return (
    <Frame
      title={
        between ? "This interview is over" : name ? `Thank you, ${firstName(name)}` : "Thank you"
      }
      organization={invitation.organization}
      help={<Help invitation={invitation} />}
    >
      <Lead>
        <p>
          {overWords(standing)}{" "}
          {interview.answer_by && !decided && (
            <>
              You hear from {invitation.organization} by <strong>{day(interview.answer_by)}</strong>
              , whatever they decide.
            </>
          )}
        </p>
      </Lead>
      <Rest interview={interview.id} />
      {!between && <Steps standing={standing} />}
      {decided && <ReviewPart />}
      {interview.joined_at && <TranscriptPart />}
      <Section title="Your choices" flush>
        {!decided && !isWithPerson(standing) && (
          <Choice
            title="Speak to a person"
            text={`A person at ${invitation.organization} speaks with you instead. You need not say why, and it does not count against you.`}
          >
            <AskPerson
              standing={standing}
              onChange={props.onChange}
              label="Ask for a person"
              size="touch"
              className="sm:min-w-44"
            />
          </Choice>
        )}
        <Withdraw {...props} />
      </Section>
    </Frame>
  );
}

/** What this device still has to hand in, while it does. */
function Rest({ interview }: { interview: string }) {
  const progress = useBackfill(interview);
  if (progress.at === "looking" || (progress.at === "whole" && !addedAny(progress))) return null;
  return (
    <Section title="Your recording">
      <Healing progress={progress} />
      {progress.at !== "whole" && (
        <p>
          Keep this page open until it is done, or open your link again on this device within a
          week: it goes on by itself.
        </p>
      )}
    </Section>
  );
}

const SOON_MS = 5000;

/** The date of the answer is known a moment after the interview: look until it is. */
function useUntilRead(
  stage: OwnInterview["stage"],
  between: boolean,
  onChange: PageProps["onChange"],
): void {
  const soon = between || stage === "interviewing" || stage === "scoring";
  useEffect(() => {
    if (!soon) return;
    const timer = setInterval(() => void onChange(), SOON_MS);
    return () => clearInterval(timer);
  }, [soon, onChange]);
}

function overWords(standing: Standing): string {
  if (standing.interview.state !== "finished") return "This interview is over.";
  if (isWithPerson(standing)) return "Your interview has taken place.";
  return `Your interview is saved${covered(standing)}.`;
}

/** An invitation whose time ran out: nobody is thanked for what did not take place. */
function Unused({ standing, onChange }: PageProps) {
  const { organization, contact } = standing.invitation;
  return (
    <Frame
      title="The time for this interview has passed"
      organization={organization}
      help={<Help invitation={standing.invitation} />}
    >
      <Lead>
        <p>
          Nobody has decided anything because of that. A person at {organization} looks at it, and
          can invite you again.
        </p>
        <p>
          Do you still want to come? Write to {contact?.name ?? "the person who invited you"}, or
          ask for an interview with a person: it does not count against you.
        </p>
      </Lead>
      <div className="pb-9 sm:pb-14">
        <AskPerson standing={standing} onChange={onChange} label="Ask for a person" />
      </div>
      <Section title="Not for you" flush>
        <Withdraw standing={standing} onChange={onChange} />
      </Section>
    </Frame>
  );
}

function covered(standing: Standing): string {
  const { questions, question_no: reached } = standing.interview;
  if (reached >= questions) return `. It covered all ${counted(questions, "question")}`;
  return reached > 0 ? `. It covered ${reached} of ${counted(questions, "question")}` : "";
}

function Withdrawn({ standing }: PageProps) {
  const { organization, job_title: job } = standing.invitation;
  return (
    <Frame
      title="You have withdrawn"
      organization={organization}
      help={<Help invitation={standing.invitation} />}
    >
      <Lead>
        <p>
          Your application for {job} at {organization} has ended because you wanted it. Nobody marks
          your answers.
        </p>
        <p>You need not do anything more. If it was a mistake, write to us: see below.</p>
      </Lead>
    </Frame>
  );
}
