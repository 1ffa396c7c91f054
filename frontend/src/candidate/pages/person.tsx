/** After asking for a person: who acts now, and by when. */
import type { PageProps } from "../app";
import { day } from "../dates";
import { Frame, Help, Lead, Section } from "../layout";
import { Withdraw } from "./withdraw";

export function PersonPage({ standing, onChange }: PageProps) {
  const { organization, person_by: by, contact } = standing.invitation;
  const who = contact?.name ?? `A person at ${organization}`;
  return (
    <Frame
      title="A person will arrange your interview"
      organization={organization}
      help={<Help invitation={standing.invitation} />}
    >
      <Lead>
        <p>
          {who} writes to you to find a time
          {by ? (
            <>
              , by <strong>{day(by)}</strong>
            </>
          ) : null}
          . You need not do anything until then.
        </p>
        {standing.invitation.stopped ? (
          <p>
            All interviews at {organization} are paused for the moment; that is why yours ended
            early. It is not about you, and everything you said is saved.
          </p>
        ) : (
          <p>It does not count against you, and nobody asks you why.</p>
        )}
      </Lead>
      <Section title="What happens next">
        <p>
          You speak with a person instead of the AI interviewer. Everything you sent with your
          application stays as it is.
        </p>
      </Section>
      <Section title="Your choices" flush>
        <Withdraw standing={standing} onChange={onChange} />
      </Section>
    </Frame>
  );
}
