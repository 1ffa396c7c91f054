/** The invitation: who asks, what an AI does here, what is recorded, who sees it, and the ways in. */
import { initials } from "@/ui";
import type { PageProps } from "../app";
import { counted, day, firstName, hour } from "../dates";
import { FactList } from "../facts";
import { Frame, Help, Lead, Note, Section } from "../layout";
import { useLookAgain } from "../times/look-again";
import { endedWords } from "../times/words";
import { hasBegun, isBrokenOff, isWithPerson, type Standing } from "../where";
import { Elsewhere } from "./elsewhere";
import { Recorded } from "./recorded";
import { StoppedPage } from "./stopped";
import { WaysIn } from "./ways-in";
import { Withdraw } from "./withdraw";

export function InvitationPage(props: PageProps) {
  const { standing, onChange } = props;
  const { organization, candidate_name: name } = standing.invitation;
  const begun = hasBegun(standing);
  const greeting = name ? `${firstName(name)}, ${organization}` : organization;
  useLookAgain(onChange);
  if (isBrokenOff(standing)) return <StoppedPage {...props} />;
  return (
    <Frame
      title={begun ? "Your interview waits for you" : `${greeting} invites you to an interview`}
      organization={organization}
      help={<Help invitation={standing.invitation} />}
    >
      <Ended standing={standing} />
      <Lead>
        <What standing={standing} />
      </Lead>
      <Facts standing={standing} />
      <WaysIn {...props} />
      {begun && (
        <Section title="On another device">
          <Elsewhere />
        </Section>
      )}
      {isWithPerson(standing) ? <WithPerson standing={standing} /> : <WithAi standing={standing} />}
      <Section title="Not for you" flush>
        <Withdraw {...props} />
      </Section>
    </Frame>
  );
}

/** How long it takes: of a chosen time as long as it is booked for. */
const minutesOf = (standing: Standing): number =>
  isWithPerson(standing) ? standing.schedule.minutes : standing.invitation.minutes;

function What({ standing }: { standing: Standing }) {
  const { organization, job_title: job } = standing.invitation;
  const minutes = minutesOf(standing);
  if (isWithPerson(standing))
    return (
      <p>
        <strong>You will speak with a person</strong> at {organization}, for about {minutes}{" "}
        minutes, about your work for {job}. People decide.
      </p>
    );
  return (
    <p>
      <strong>You will speak with an AI interviewer</strong>, not with a person, for about {minutes}{" "}
      minutes. It asks about your work for {job}. People at {organization} read what you said, and
      people decide.
    </p>
  );
}

/** What became of the time one had. */
function Ended({ standing }: { standing: Standing }) {
  const { ended, hold } = standing.schedule;
  if (!ended || hold || hasBegun(standing)) return null;
  return (
    <div className="mt-6 max-w-[680px]">
      <Note tone="info">
        <p className="num">{endedWords(ended)}</p>
      </Note>
    </div>
  );
}

function WithAi({ standing }: { standing: Standing }) {
  return (
    <>
      <Section title="What the AI does">
        <p>
          It asks about {counted(standing.invitation.questions, "question")}, listens, and asks
          back. It does not read your face, your mood or your accent. It does not decide.
        </p>
      </Section>
      <Recorded recorded={standing.invitation.recorded} />
      <SeenBy names={standing.invitation.seen_by} />
    </>
  );
}

function WithPerson({ standing }: { standing: Standing }) {
  const { contact, organization } = standing.invitation;
  return (
    <Section title="How you meet">
      <p>
        {contact?.name ?? `A person at ${organization}`} tells you whether it is a call or a place.
        Interloop records nothing of it. What the person writes down about it is seen by the hiring
        team of this job, and by nobody else.
      </p>
    </Section>
  );
}

function Facts({ standing }: { standing: Standing }) {
  const { contact, organization, job_title: job, open_until: until } = standing.invitation;
  const { appointment } = standing.schedule;
  const facts = [
    contact && { name: "Invited by", value: contact.name, more: `at ${organization}` },
    { name: "For", value: job, more: contact ? null : `at ${organization}` },
    {
      name: "How long",
      value: `About ${minutesOf(standing)} minutes`,
      more: isWithPerson(standing) ? null : "Pause whenever you like",
    },
    appointment
      ? {
          name: "Your time",
          value: day(appointment.starts_at, appointment.zone),
          more: hour(appointment.starts_at, appointment.zone),
        }
      : until && { name: "Open until", value: day(until), more: hour(until) },
  ].filter((fact) => !!fact);
  return <FactList facts={facts} />;
}

function SeenBy({ names }: { names: readonly string[] }) {
  return (
    <Section title="Who sees it">
      <ul className="grid w-full gap-2.5">
        {names.map((name) => (
          <li key={name} className="flex items-center gap-3">
            <span
              aria-hidden="true"
              className="grid size-10 flex-none place-items-center rounded-full bg-accent-tint text-14 font-strong text-accent"
            >
              {initials(name)}
            </span>
            {name}
          </li>
        ))}
      </ul>
      <p className="text-ink-2">The hiring team of this job, and nobody else.</p>
    </Section>
  );
}
