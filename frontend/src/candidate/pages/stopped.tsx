/** While the organisation has stopped all interviews: why, what is kept, and the ways on. */
import { useEffect } from "react";
import type { PageProps } from "../app";
import { Actions, Frame, Help, Lead, Section } from "../layout";
import { hasBegun } from "../where";
import { AskPerson } from "./ask-person";
import { Withdraw } from "./withdraw";

const LOOK_MS = 5000;

export function StoppedPage({ standing, onChange }: PageProps) {
  const { organization } = standing.invitation;
  useEffect(() => {
    const timer = setInterval(() => void onChange(), LOOK_MS);
    return () => clearInterval(timer);
  }, [onChange]);
  return (
    <Frame
      title={`Interviews at ${organization} are paused`}
      organization={organization}
      help={<Help invitation={standing.invitation} />}
    >
      <Lead>
        <p>
          Nobody can be interviewed at the moment. It is not about you, and it does not count
          against you.
        </p>
        <p>
          {hasBegun(standing)
            ? "Everything you said is saved. A person writes to you to find a time."
            : "Your invitation stays. This page changes by itself as soon as you can start."}
        </p>
      </Lead>
      <div className="pb-9 sm:pb-14">
        <Actions>
          <AskPerson
            standing={standing}
            onChange={onChange}
            label="I would rather speak to a person"
          />
        </Actions>
      </div>
      <Section title="Not for you" flush>
        <Withdraw standing={standing} onChange={onChange} />
      </Section>
    </Frame>
  );
}
