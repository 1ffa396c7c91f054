/** The invitation: who asks, what an AI does here, what is recorded, who sees it, and the ways in. */
import { Button, initials } from "@/ui";
import { go } from "../address";
import type { PageProps } from "../app";
import { counted, day, firstName, hour } from "../dates";
import { Actions, Frame, Help, Lead, Section } from "../layout";
import { closedBy, hasBegun, isBrokenOff, type Standing } from "../where";
import { AskPerson } from "./ask-person";
import { Elsewhere } from "./elsewhere";
import { Recorded } from "./recorded";
import { StoppedPage } from "./stopped";
import { Withdraw } from "./withdraw";

export function InvitationPage({ standing, onChange }: PageProps) {
  const { organization, candidate_name: name, job_title: job, minutes } = standing.invitation;
  const begun = hasBegun(standing);
  const greeting = name ? `${firstName(name)}, ${organization}` : organization;
  if (isBrokenOff(standing)) return <StoppedPage standing={standing} onChange={onChange} />;
  return (
    <Frame
      title={begun ? "Your interview waits for you" : `${greeting} invites you to an interview`}
      organization={organization}
      help={<Help invitation={standing.invitation} />}
    >
      <Lead>
        <p>
          <strong>You will speak with an AI interviewer</strong>, not with a person, for about{" "}
          {minutes} minutes. It asks about your work for {job}. People at {organization} read what
          you said, and people decide.
        </p>
      </Lead>
      <Facts standing={standing} />
      <WaysIn standing={standing} onChange={onChange} />
      {begun && (
        <Section title="On another device">
          <Elsewhere />
        </Section>
      )}
      <Section title="What the AI does">
        <p>
          It asks about {counted(standing.invitation.questions, "question")}, listens, and asks
          back. It does not read your face, your mood or your accent. It does not decide.
        </p>
      </Section>
      <Recorded recorded={standing.invitation.recorded} />
      <SeenBy names={standing.invitation.seen_by} />
      <Section title="Not for you" flush>
        <Withdraw standing={standing} onChange={onChange} />
      </Section>
    </Frame>
  );
}

function Facts({ standing }: { standing: Standing }) {
  const { contact, organization, job_title: job, minutes, open_until: until } = standing.invitation;
  const facts = [
    contact && { name: "Invited by", value: contact.name, more: `at ${organization}` },
    { name: "For", value: job, more: contact ? null : `at ${organization}` },
    { name: "How long", value: `About ${minutes} minutes`, more: "Pause whenever you like" },
    until && { name: "Open until", value: day(until), more: hour(until) },
  ].filter((fact) => !!fact);
  return (
    <dl className="grid border-y border-line sm:auto-cols-fr sm:grid-flow-col">
      {facts.map((fact) => (
        <div
          key={fact.name}
          className="grid grid-cols-[96px_1fr] gap-x-3 border-line py-3 not-first:border-t sm:block sm:py-5 sm:pr-5 sm:not-first:border-t-0 sm:not-first:border-l sm:not-first:pl-5"
        >
          <dt className="row-span-2 pt-0.75 text-14 text-ink-2 sm:mb-1 sm:pt-0">{fact.name}</dt>
          <dd className="font-strong text-balance">{fact.value}</dd>
          {fact.more && <dd className="num mt-0.5 text-14 text-ink-2">{fact.more}</dd>}
        </div>
      ))}
    </dl>
  );
}

function WaysIn({ standing, onChange }: PageProps) {
  const closed = closedBy(standing, new Date());
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
        <AskPerson
          standing={standing}
          onChange={onChange}
          label="I would rather speak to a person"
        />
      </Actions>
      <p className="max-w-[640px] text-ink-2">{startWords(standing, closed, begun)}</p>
    </div>
  );
}

type Closed = ReturnType<typeof closedBy>;

function startWords({ invitation }: Standing, closed: Closed, begun: boolean): string {
  const opens = invitation.opens_at;
  if (closed === "early" && opens)
    return `You can start from ${day(opens)}, ${hour(opens)}: the law of your place gives you this time to think about it.`;
  if (closed === "late")
    return "The time for this interview is over. Nobody has decided anything because of that: a person looks at it. You can still ask for a person.";
  if (begun) return "It goes on where you stopped; everything you said is kept.";
  return "You read what is recorded and agree first, then check your microphone. You can also type every answer. If you ask for a person, it does not count against you.";
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
